import { ownerProfiles } from './command-line.ts';

type Answer = { usdPerMonth: Record<string, number>; region: string };

async function cost(...args: string[]): Promise<Answer> {
  const { code, stdout } = await ownerProfiles(['cost', '--json', ...args]);
  expect(code).toBe(0);
  return JSON.parse(stdout) as Answer;
}

test('names every part and their sum', async () => {
  const { usdPerMonth, region } = await cost('--owners', '5e6', '--imports-per-owner-month', '4');
  const { total, ...parts } = usdPerMonth;
  expect(region).toBe('us-east-1');
  expect(Object.keys(parts)).toEqual([
    'imports',
    'look-ups',
    'owners kept',
    'keys and secrets',
    'replays',
    'snapshots',
  ]);
  expect(Object.values(parts).reduce((all, one) => all + one, 0)).toBeCloseTo(total as number);
});

test('grows with owners and with what they do', async () => {
  const one = await cost('--owners', '1e6', '--imports-per-owner-month', '1');
  const two = await cost('--owners', '2e6', '--imports-per-owner-month', '2');
  expect(two.usdPerMonth['imports']! / one.usdPerMonth['imports']!).toBeCloseTo(4);
  expect(two.usdPerMonth['owners kept']! / one.usdPerMonth['owners kept']!).toBeCloseTo(2);
});

test('reckons with a snapshot a night, unless another number is given', async () => {
  const nightly = await cost('--owners', '1e6');
  const weekly = await cost('--owners', '1e6', '--snapshots-per-month', '3');
  expect(nightly.usdPerMonth['snapshots']! / weekly.usdPerMonth['snapshots']!).toBeCloseTo(10);
});

test('has prices of another region', async () => {
  const args = ['--owners', '1e6'];
  const there = await cost(...args, '--price-region', 'eu-central-1');
  expect(there.usdPerMonth['total']).not.toBe((await cost(...args)).usdPerMonth['total']);
});

test('prints a table for people', async () => {
  const { stdout, stderr } = await ownerProfiles(['cost', '--owners', '5e6']);
  expect(stdout).toContain('together');
  expect(stderr).toContain('List prices of us-east-1');
});

test.each([
  ['no number of owners', ['cost']],
  ['a word for a number', ['cost', '--owners', 'many']],
  ['less than none', ['cost', '--owners', '-1']],
  ['a region without prices', ['cost', '--owners', '1', '--price-region', 'moon']],
])('%s is a usage error', async (_, args) => {
  expect((await ownerProfiles(args)).code).toBe(2);
});
