/** The days on which profiles begin and end, at every edge: of windows, of history, of holds. */
import type { RuleDocument } from '../../../../functions/domain/catalogue/definition.ts';
import { derive, deriveProfiles, deriveUnder, READ_DAYS } from '../../../../functions/domain/profiles/derive.ts';
import { TODAY } from '../../../support/ledgers.ts';
import { tinyCatalogue } from '../../../support/tiny-catalogue.ts';

const ACCOUNT = { iban: 'PL61109010140000071219812874', currency: 'PLN' };
const ALWAYS: RuleDocument = { feature: 'owner.history', atLeast: 0 };
const count = (window: string, atLeast: number): RuleDocument => ({ feature: 'all.count', window, atLeast });
const none = (window: string): RuleDocument => ({ feature: 'all.count', window, atMost: 0 });

type Rules = { enter: RuleDocument; stay?: RuleDocument; hold?: string; needs?: { history: string } };

/** Days are counted from today; data begins with the first row by default. */
function inputOf(rules: Rules, days: readonly number[], dataFrom = days[0]!) {
  const catalogue = tinyCatalogue([{ id: 'p', title: 'P', description: 'P', ...rules }]);
  const rows = days.map((day) => ({ day: TODAY + day, account: ACCOUNT, row: { amount: -400, title: 'x' } }));
  return { catalogue, definitions: catalogue.definitions, rows, dataFrom: TODAY + dataFrom };
}

/** Whether the profile applies today, and in how many days that changes. */
function outlook(rules: Rules, days: readonly number[], dataFrom?: number): [applies: boolean, changes: number | null] {
  const input = inputOf(rules, days, dataFrom);
  const { profiles, validUntil } = derive(input, TODAY);
  const under = { base: input.catalogue, words: '' };
  const [full, none] = deriveUnder({ ...under, judged: input.definitions }, { ...under, judged: [] }, input, TODAY);
  expect([full, none]).toMatchObject([{ profiles }, { profiles: [], notJudged: [] }]);
  expect(none.columns).toBe(full.columns);
  return [profiles.length === 1, validUntil === null ? null : validUntil - TODAY];
}

test.each<[string, Rules, number[], [boolean, number | null]]>([
  ['the longest window and the longest hold', { enter: count('365d', 1), stay: ALWAYS }, [0], [true, 424]],
  ['the longest window', { enter: count('365d', 1) }, [0], [true, 365]],
  ['a row that is about to leave it', { enter: count('365d', 1) }, [-364], [true, 1]],
  ['a row that has left it', { enter: count('365d', 1) }, [-365], [false, null]],
  ['one that has left it, held', { enter: count('365d', 1), stay: ALWAYS }, [-365], [true, 59]],
  ['held for the last day', { enter: count('365d', 1), stay: ALWAYS }, [-423], [true, 1]],
  ['held no more', { enter: count('365d', 1), stay: ALWAYS }, [-424], [false, null]],
  ['a window of a day', { enter: count('1d', 1), hold: '1d' }, [0], [true, 1]],
  ['a window of a day, gone', { enter: count('1d', 1), hold: '1d' }, [-1], [false, null]],
  ['a hold of a day', { enter: count('30d', 1), stay: ALWAYS, hold: '1d' }, [0], [true, 30]],
  ['a hold of two days', { enter: count('30d', 1), stay: ALWAYS, hold: '2d' }, [0], [true, 31]],
  ['a hold of sixty days', { enter: count('1d', 1), stay: ALWAYS, hold: '60d' }, [0], [true, 60]],
  ['the last day of sixty', { enter: count('1d', 1), stay: ALWAYS }, [-59], [true, 1]],
  ['behind the last day of sixty', { enter: count('1d', 1), stay: ALWAYS }, [-60], [false, null]],
  ['stay ends before the hold does', { enter: count('1d', 1), stay: count('7d', 1) }, [0], [true, 7]],
  ['stay must hold on the day of entry', { enter: count('30d', 1), stay: count('7d', 1) }, [-8], [false, null]],
  ['stay that was broken since', { enter: count('3d', 2), stay: count('3d', 1) }, [-20, -20, -10], [false, null]],
  ['stay that was never broken', { enter: count('3d', 2), stay: count('9d', 1) }, [-20, -20, -12, -4], [true, 5]],
  ['the second row of two', { enter: count('30d', 2) }, [-10, -3], [true, 20]],
  ['begins when a row leaves', { enter: none('30d') }, [0], [false, 30]],
  ['begins when the longest window is empty', { enter: none('365d') }, [0], [false, 365]],
  ['begins, and nothing ends it', { enter: none('30d') }, [-30], [true, null]],
  ['begins with enough history', { enter: ALWAYS, needs: { history: '90d' } }, [0], [false, 89]],
  ['begins with a year of it', { enter: ALWAYS, needs: { history: '365d' } }, [0], [false, 364]],
  ['has as much as it needs', { enter: ALWAYS, needs: { history: '90d' } }, [-89], [true, null]],
  ['lacks a day', { enter: ALWAYS, needs: { history: '90d' } }, [-88], [false, 1]],
  ['a threshold of history', { enter: { feature: 'owner.history', atLeast: 365 } }, [0], [false, 364]],
  ['ends with history', { enter: { feature: 'owner.history', atMost: 365 }, hold: '1d' }, [0], [true, 365]],
  ['ends with history and hold', { enter: { feature: 'owner.history', below: 365 }, stay: ALWAYS }, [0], [true, 423]],
  ['days since the last row', { enter: { feature: 'all.lastSeen', window: '365d', atMost: 10 } }, [-3], [true, 8]],
  [
    'days since the last row, the other way',
    { enter: { feature: 'all.lastSeen', window: '365d', atLeast: 365 } },
    [0],
    [false, 365],
  ],
  ['not', { enter: { not: count('30d', 1) } }, [0], [false, 30]],
  ['any of two', { enter: { any: [count('7d', 1), count('30d', 1)] } }, [0], [true, 30]],
  ['all of two', { enter: { all: [count('7d', 1), count('30d', 1)] } }, [0], [true, 7]],
  ['a middle that comes and goes', { enter: { all: [count('30d', 1), none('7d')] }, hold: '1d' }, [0], [false, 7]],
  ['a row tomorrow', { enter: count('30d', 2) }, [0, 1], [false, 1]],
  ['a row tomorrow that changes nothing', { enter: count('30d', 1) }, [0, 1], [true, 31]],
  ['a row on the day it would end', { enter: count('30d', 1) }, [0, 30], [true, 60]],
  ['a row on the day after it ends', { enter: count('30d', 1) }, [0, 31], [true, 30]],
])('%s', (_, rules, days, expected) => {
  expect(outlook(rules, days)).toEqual(expected);
});

test('data that begins before the first row', () => {
  const needs = { history: '90d' };
  expect(outlook({ enter: count('30d', 1), needs }, [0], -89)).toEqual([true, 30]);
  expect(outlook({ enter: count('30d', 1), needs }, [0], -88)).toEqual([false, 1]);
  expect(outlook({ enter: none('30d') }, [], 5)).toEqual([false, 5]);
});

test('every row that may count is read, and no other', () => {
  // The window, the hold, and what labels look at beside a row.
  expect(READ_DAYS).toBe(365 + 60 + 120);
  const rules = { enter: count('365d', 1), stay: ALWAYS };
  const on = (day: number) => deriveProfiles(inputOf(rules, [0]), TODAY + day);
  expect([-1, 0, 423, 424].map(on)).toEqual([[], ['p'], ['p'], []]);
});

test('the answer of one day and of all later ones agree, bit by bit', () => {
  for (const hold of ['1d', '31d', '32d', '33d', '60d']) {
    for (const days of [[0], [-31, 0], [-64, -32, 0], [-100, -33, -1]]) {
      const rules = { enter: count('33d', 1), stay: count('64d', 1), hold };
      const input = inputOf(rules, days);
      const [applies, changes] = outlook(rules, days);
      const on = (day: number) => deriveProfiles(input, TODAY + day).length === 1;
      expect([hold, days, on(0)]).toEqual([hold, days, applies]);
      for (let day = 1; day < (changes ?? 130); day++) expect([day, on(day)]).toEqual([day, applies]);
      if (changes !== null) expect(on(changes)).toBe(!applies);
    }
  }
});
