import { command, fail, message, out, sent } from './failure-queues.ts';

test('waiting, at work, the oldest, what failed; a stage and workers that the outputs do not name are not known', async () => {
  await fail('parked', { body: message('a'), reason: 'INVALID_MESSAGE' }, { body: '{', reason: 'NOT_JSON' });
  await fail('dead', { body: message('a') });
  expect(await command('status', '--json')).toBe(0);
  const none = { waiting: 0, inFlight: 0, oldestSeconds: null };
  const rest = { stage: null, workers: null, refusals: 'the outputs contain no ApiUrl' };
  expect(JSON.parse(String(out.pop()))).toEqual({ imports: none, parked: 2, dead: 1, ...rest });

  await sent('a', 'b');
  expect(await command('status', '--json')).toBe(0);
  const { imports } = JSON.parse(String(out.pop()));
  expect(imports).toEqual({ waiting: 2, inFlight: 0, oldestSeconds: expect.any(Number) });
  expect(imports.oldestSeconds).toBeLessThan(60);

  expect(await command('status')).toBe(0);
  expect(out.pop()).toMatch(/imports +│ 2 waiting, 0 running, oldest \d+ s.*parked +│ 2 .*dead letters +│ 1 /s);
});

test('seconds to watch are checked', async () => {
  expect(await command('status', '--watch', 'soon')).toBe(2);
});
