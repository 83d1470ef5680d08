/** The parts of the start besides the servers: the lock of a data directory, and how samples move to the present. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lockDirectory, whenFree } from '../../local/lock.ts';
import { shift, weeksToShift } from '../../local/samples.ts';

test('a data directory has one service, and the next after it', () => {
  const directory = mkdtempSync(join(tmpdir(), 'lock-'));
  const lock = lockDirectory(directory);
  expect(() => lockDirectory(directory, 0)).toThrow(`in use by the service with process id ${process.pid}`);
  lock.release();
  lockDirectory(directory).release();
  rmSync(directory, { recursive: true });
});

test('what is made once is waited for', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'lock-'));
  const file = join(directory, 'lock');
  const happened: string[] = [];
  const first = await whenFree(file);
  const second = whenFree(file).then((lock) => {
    happened.push('second begins');
    lock.release();
  });
  await pause(300);
  happened.push('first ends');
  first.release();
  await second;
  expect(happened).toEqual(['first ends', 'second begins']);
  rmSync(directory, { recursive: true });
});

test('the reference day of the samples moves by whole weeks into the last seven days', () => {
  const day = (text: string) => Date.parse(`${text}T12:00:00Z`);
  expect(
    ['2026-11-20', '2026-11-26', '2026-11-27', '2027-11-20', '2026-11-19'].map((text) => weeksToShift(day(text))),
  ).toEqual([0, 0, 1, 52, -1]);
});

test('every date of an import moves, its texts stay, and it does not come from the future', () => {
  const message = {
    importedAt: '2026-11-20T23:00:00Z',
    accounts: [
      {
        covers: { from: '2026-02-27', to: '2026-11-20' },
        transactions: [
          { bookedOn: '2026-02-27', transactionOn: '2026-02-26', title: '2026-02-27 SHOP', currencyAmount: '-1.00' },
        ],
      },
    ],
  };
  expect(shift(message, 1, Date.parse('2026-11-27T10:00:00Z'))).toEqual({
    importedAt: '2026-11-27T10:00:00.000Z',
    accounts: [
      {
        covers: { from: '2026-03-06', to: '2026-11-27' },
        transactions: [
          { bookedOn: '2026-03-06', transactionOn: '2026-03-05', title: '2026-02-27 SHOP', currencyAmount: '-1.00' },
        ],
      },
    ],
  });
});
