/** Days and places on which the suites that depend on time must pass. */

/** Those that read the machine's clock, or start processes that do. The others set the time themselves, which a test checks. */
export const SUITES: readonly string[] = ['test/cli', 'test/e2e', 'test/local', 'test/privacy', 'test/security'];

export type Case = {
  readonly name: string;
  /** The time at which the run starts, from the time at which it really starts. */
  readonly from: (now: number) => number;
  readonly timeZone?: string;
};

const DAY = 86_400_000;
const same = (now: number) => now;
const at = (text: string) => () => Date.parse(text);

export const CASES: readonly Case[] = [
  { name: 'tomorrow', from: (now) => now + DAY },
  { name: 'month-end', from: at('2027-01-31T12:00:00Z') },
  { name: 'year-end', from: at('2026-12-31T23:59:00Z') },
  { name: 'new-year', from: at('2027-01-01T00:00:30Z') },
  { name: 'leap-day', from: at('2028-02-29T12:00:00Z') },
  { name: 'in-457-days', from: (now) => now + 457 * DAY },
  { name: 'auckland', from: same, timeZone: 'Pacific/Auckland' },
  { name: 'los-angeles', from: same, timeZone: 'America/Los_Angeles' },
];

/** The case for a commit: all have their turn, because hashes are distributed evenly. */
export function caseOf(commit: string): Case {
  const turn = Number.parseInt(commit.slice(0, 8), 16);
  if (!Number.isInteger(turn)) throw new Error(`"${commit}" is no commit`);
  return CASES[turn % CASES.length]!;
}
