import { lazy, opened } from '../../../functions/runtime/lazy.ts';

test('once opens at the first call, and opened before it', () => {
  let opens = 0;
  const open = async () => ++opens;
  lazy(open);
  expect(opens).toBe(0);
  opened(open);
  expect(opens).toBe(1);
});

test('an opening that failed at cold start harms no one, and is tried again', async () => {
  let opens = 0;
  const get = opened(async () => {
    if (++opens === 1) throw new Error('throttled');
    return opens;
  });
  await new Promise(setImmediate);
  expect(await get()).toBe(2);
  expect(await get()).toBe(2);
});
