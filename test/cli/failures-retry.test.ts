import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../e2e/support/until.ts';
import { ownerProfiles } from './command-line.ts';
import { depth, directory, fail, failures, message, out, outputs, received, server, urls } from './failure-queues.ts';

describe('retry', () => {
  test('sends each back once, in the group of its client and without what parked it, and removes it', async () => {
    await fail('parked', { body: message('a', { clientId: 'other' }), reason: 'UNKNOWN_CLIENT' });
    await fail('parked', { body: message('b'), reason: 'INVALID_MESSAGE' });
    await fail('dead', { body: message('c') });
    expect(await failures('retry', '--all', '--yes')).toBe(0);
    expect(out).toEqual(['sent 3 back to the import queue']);
    expect((await received('imports')).sort((x, y) => (x.owner < y.owner ? -1 : 1))).toEqual([
      { owner: 'a', group: 'other', MessageAttributes: undefined },
      { owner: 'b', group: 'demo', MessageAttributes: undefined },
      { owner: 'c', group: 'demo', MessageAttributes: undefined },
    ]);
    expect([await depth('parked'), await depth('dead')]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('of one reason, or of ids, leaves the others where they are and visible', async () => {
    const [first] = await fail('parked', { body: message('a'), reason: 'UNKNOWN_CLIENT' });
    await fail('parked', { body: message('b'), reason: 'INVALID_MESSAGE' });
    await fail('dead', { body: message('c') });
    expect(await failures('retry', '--reason', 'INVALID_MESSAGE', '--yes', '--json')).toBe(0);
    expect(JSON.parse(String(out[0]))).toEqual({ sent: 1, failed: [], notRemoved: [], stopped: false });
    expect(await failures('retry', String(first))).toBe(0);
    expect((await received('imports')).map(({ owner }) => owner).sort()).toEqual(['a', 'b']);
    expect([await depth('parked'), await depth('dead')]).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(await failures('retry', String(first))).toBe(3);
  });

  test('keeps to the rate', async () => {
    await fail('dead', ...Array.from({ length: 12 }, () => ({ body: message('o') })));
    const begun = performance.now();
    expect(await failures('retry', '--all', '--yes', '--queue', 'dead', '--rate', '20/s')).toBe(0);
    expect(performance.now() - begun).toBeGreaterThan(11 * 50 - 10);
    expect(await depth('imports')).toEqual([12, 0]);
  });

  test('removes nothing that the import queue did not take', async () => {
    const names = { ImportQueueUrl: `${urls.imports}-gone`, ParkedQueueUrl: urls.parked, SqsEndpoint: server.endpoint };
    const gone = join(directory, 'gone.json');
    writeFileSync(gone, JSON.stringify(names));
    const [id] = await fail('parked', { body: message('a'), reason: 'UNKNOWN_CLIENT' });
    const outcome = await ownerProfiles(['failures', 'retry', String(id), '--queue', 'parked', '--outputs', gone]);
    expect(outcome).toEqual({
      code: 1,
      stdout: 'sent 0 back to the import queue\n',
      stderr: `not sent: ${id}: there is no such queue\nerror: 1 were not sent\n  they are still in their queue; try again\n`,
    });
    expect(await depth('parked')).toEqual([1, 0]);
  });

  test('Ctrl-C stops after what is in hand; nothing is lost or hidden', async () => {
    await fail('dead', ...Array.from({ length: 30 }, () => ({ body: message('o') })));
    const args = ['failures', 'retry', '--all', '--yes', '--rate', '10/s', '--outputs', outputs];
    const somethingSent = () => until('a message in the import queue', async () => (await depth('imports'))[0] !== 0);
    const outcome = await ownerProfiles(args, { interruptWhen: somethingSent });
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('stopped before the end');
    const sent = Number(/^sent (\d+) back/.exec(outcome.stdout)?.[1]);
    expect(sent).toBeGreaterThan(0);
    expect([await depth('imports'), await depth('dead')]).toEqual([
      [sent, 0],
      [30 - sent, 0],
    ]);
  });
});
