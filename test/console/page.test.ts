/** Checks of the console without a browser: its size, its texts, its colours, its types, and what it computes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fc, test as property } from '@fast-check/jest';
import { consoleFiles } from '../../console/build/bundle.ts';
import { type Amendment, changesOf, pretty, ruleFor } from '../../console/page/model/amendment.ts';
import { dayNumber, isoDay, monthsOf, runsOf } from '../../console/page/model/days.ts';
import { diff } from '../../console/page/model/diff.ts';
import { JsonFault, lineAt, nearestSpot, spotsOf, withValue } from '../../console/page/model/json-text.ts';
import { MOST_UPLOAD_BYTES } from '../../console/page/model/limits.ts';
import { earlier, regions, type Snapshot, sharedBy, trends } from '../../console/page/model/snapshots.ts';
import { balancesOf, hasWords, type Row } from '../../console/page/model/year.ts';
import { TABLES, TEXTS } from '../../console/page/texts/table.ts';
import { MOST_BODY_BYTES } from '../../functions/contracts/http/limits.ts';
import { API_TYPES, apiTypes } from '../../tools/client/api-types.ts';
import { ROOT } from '../../tools/drawing/imports.ts';

const MOST_BYTES = 60_000;

test('all that the browser loads is at most 60 kB, gzipped', () => {
  const sizes = [...consoleFiles().files.values()].map((contents) => gzipSync(contents, { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_BYTES);
});

test('the types of the API client are those of the OpenAPI document (npm run client:types)', () => {
  expect(readFileSync(join(ROOT, API_TYPES), 'utf8')).toBe(apiTypes());
});

test('a file that the page sends is as large as the API takes', () => {
  expect(MOST_UPLOAD_BYTES).toBe(MOST_BODY_BYTES);
});

test('every text is there in both languages, with the same values and all forms of a number', () => {
  const values = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
  const wrong = Object.entries<readonly [string, string]>(TEXTS).filter(([, [en, pl]]) => {
    const [forms, formy] = [en.split('|').length, pl.split('|').length];
    const isPlural = forms === 2 && formy === 3;
    const hasBar = en.includes('| or') || pl.includes('| lub');
    return en === '' || pl === '' || `${values(en)}` !== `${values(pl)}` || !(isPlural || hasBar || forms === formy);
  });
  expect(wrong).toEqual([]);
});

test('no key is in the texts of two screens', () => {
  expect(TABLES.flatMap((table) => Object.keys(table)).sort()).toEqual(Object.keys(TEXTS).sort());
});

/** Text on its background, by the names of the tokens (WCAG 2.2, 1.4.3: 4.5 to 1). */
const PAIRS = [
  ['ink', 'ground'],
  ['ink', 'surface'],
  ['muted', 'ground'],
  ['muted', 'surface'],
  ['muted', 'sunken'],
  ['accent', 'surface'],
  ['accent', 'accent-soft'],
  ['good', 'surface'],
  ['good', 'good-soft'],
  ['bad', 'surface'],
  ['bad', 'bad-soft'],
  ['ink', 'bad-soft'],
  ['ink', 'warn-soft'],
  ['warn', 'warn-soft'],
] as const;

test.each(['light', 'dark'] as const)('texts can be read on their grounds in %s', (scheme) => {
  const tokens = readFileSync(join(ROOT, 'console/page/styles/tokens.css'), 'utf8');
  const colour = (name: string) => {
    const found = new RegExp(`--${name}: light-dark\\(#(\\w{6}), #(\\w{6})\\)`).exec(tokens);
    return (scheme === 'light' ? found?.[1] : found?.[2]) ?? '';
  };
  const luminance = (hex: string) => {
    const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a: string, b: string) => {
    const [low = 0, high = 0] = [luminance(colour(a)), luminance(colour(b))].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  expect(PAIRS.filter(([text, ground]) => !(contrast(text, ground) >= 4.5))).toEqual([]);
});

property.prop([fc.array(fc.subarray(['a', 'b', 'c'])), fc.constantFrom(['a', 'b'], ['a', 'b', 'c'])])(
  'the regions of circles hold each owner once',
  (owners, names) => {
    const has = (all: readonly string[]) => owners.filter((owner) => all.every((name) => owner.includes(name))).length;
    const totals = Object.fromEntries([...names, ...sharedBy(names)].map((where) => [where, has(where.split(' & '))]));
    const exactly = (region: string) =>
      owners.filter((owner) => names.every((name) => owner.includes(name) === region.includes(name))).length;
    const found = regions(totals, names);
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((region) => [region, exactly(region)])));
    expect(Object.keys(found)).toHaveLength(2 ** names.length - 1);
  },
);

describe('snapshots', () => {
  const snapshot = (asOf: string, hour: number, members: number, status: Snapshot['status'] = 'finished') =>
    ({
      snapshotId: `${asOf} ${hour}`,
      status,
      asOf,
      startedAt: `${asOf}T${String(hour).padStart(2, '0')}:00:00.000Z`,
      profiles: [{ profile: 'parent', members, notJudged: 0 }],
    }) as unknown as Snapshot;
  const all = [
    snapshot('2026-11-29', 9, 7),
    snapshot('2026-11-29', 8, 0, 'failed'),
    snapshot('2026-11-29', 3, 6),
    snapshot('2026-11-28', 3, 5),
    snapshot('2026-10-20', 3, 4),
  ];

  test('one is compared with the one before, or with the newest that is a day or a month older', () => {
    const latest = all[0]!;
    expect(earlier(all, latest, 'previous')).toBe(all[2]);
    expect(earlier(all, latest, 'day')).toBe(all[3]);
    expect(earlier(all, latest, 'month')).toBe(all[4]);
    expect(earlier(all, all[4]!, 'previous')).toBeUndefined();
  });

  test('trends go from the oldest to the newest, without those that failed', () => {
    expect(trends(all)).toEqual(new Map([['parent', [4, 5, 6, 7]]]));
  });
});

describe('JSON texts', () => {
  property.prop([fc.jsonValue(), fc.boolean()])('every value is found at its place', (value, isPretty) => {
    const text = isPretty ? pretty(value) : JSON.stringify(value);
    // -0 is written as 0, and of a repeated name the last counts.
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    const { start, end } = spotsOf(text).get('')!;
    expect(text.slice(start, end).trim()).toBe(text.trim());
  });

  property.prop([
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.nat(),
    fc.constantFrom('', ',', '"', '}', '1', '\\'),
  ])('what JSON.parse refuses is refused, and nothing else', (text, place, noise) => {
    const at = place % (text.length + 1);
    const other = text.slice(0, at) + noise + text.slice(at + 1);
    const isTaken = (read: (given: string) => unknown) => {
      try {
        read(other);
        return true;
      } catch (failure) {
        expect(failure instanceof JsonFault || failure instanceof SyntaxError).toBe(true);
        return false;
      }
    };
    expect(isTaken(spotsOf)).toBe(isTaken(JSON.parse));
  });

  test('a fault is named by its line, a missing field by what it is missing in, and a value is put in place', () => {
    const text = '{\n  "enter": {\n    "all": [\n      { "feature": "pets.months", "atLeast": 3 }\n    ]\n  }\n}';
    const spots = spotsOf(text);
    const line = (path: string) => lineAt(text, nearestSpot(spots, path)!.start);
    expect(['enter.all[0].feature', 'enter.all[0].window', 'enter.all[7]', 'needs.history'].map(line)).toEqual([
      4, 4, 3, 1,
    ]);
    expect(withValue(text, spots.get('enter.all[0].atLeast')!, '60 EUR')).toContain('"atLeast": "60 EUR" }');
  });
});

property.prop([fc.array(fc.constantFrom('a', 'b', 'c')), fc.array(fc.constantFrom('a', 'b', 'c'))])(
  'a difference holds both texts, each in its order',
  (before, after) => {
    const lines = diff(before.join('\n'), after.join('\n'));
    expect(lines.flatMap(({ sign, text }) => (sign === '+' ? [] : text))).toEqual(before);
    expect(lines.flatMap(({ sign, text }) => (sign === '-' ? [] : text))).toEqual(after);
  },
);

test('amendments are compared part by part', () => {
  const empty: Amendment = { profiles: [], disabled: [], enabled: [], labels: [], rules: [] };
  const golf = {
    id: 'golf',
    title: 'Golf',
    description: 'Golf',
    enter: { feature: 'sport.months', window: '90d', atLeast: 2 },
  };
  const changes = changesOf(empty, { ...empty, profiles: [golf], disabled: ['gamer'] });
  expect(changes.map(({ part }) => part)).toEqual(['profiles.golf', 'disabled']);
  expect(changes[0]?.lines.every(({ sign }) => sign === '+')).toBe(true);
});

test('a merchant becomes a rule by its words, as far as none is masked', () => {
  expect(ruleFor('CLUB DE GOLF MÁLAGA # *')).toEqual({
    id: 'club-de-golf-malaga',
    when: { words: ['CLUB DE GOLF MÁLAGA'] },
    give: [],
  });
  expect(ruleFor('# 12')).toEqual({ id: 'rule', when: { words: [''] }, give: [] });
});

test('spans become runs of each profile, and days the months that they touch', () => {
  const runs = runsOf([
    { from: '2026-01-30', to: '2026-01-31', profiles: ['parent'] },
    { from: '2026-02-01', to: '2026-02-03', profiles: ['parent', 'saver'] },
    { from: '2026-02-04', to: '2026-02-05', profiles: [] },
    { from: '2026-02-06', to: '2026-02-06', profiles: ['parent'] },
  ]);
  const days = (name: string) => runs.get(name)?.map(({ from, to }) => [isoDay(from), isoDay(to)]);
  expect(days('parent')).toEqual([
    ['2026-01-30', '2026-02-03'],
    ['2026-02-06', '2026-02-06'],
  ]);
  expect(days('saver')).toEqual([['2026-02-01', '2026-02-03']]);
  expect(monthsOf({ from: dayNumber('2026-01-30'), to: dayNumber('2026-03-01') })).toEqual([
    { first: '2026-01-30', days: 2 },
    { first: '2026-02-01', days: 28 },
    { first: '2026-03-01', days: 1 },
  ]);
});

describe('the transactions of a year', () => {
  const row = (bookedOn: string, currencyAmount: string, currencyName: string, title = '') =>
    ({
      bookedOn,
      currencyAmount,
      currencyName,
      title,
      party: 'Żabka Łódź',
      merchant: null,
      labels: [],
    }) as unknown as Row;

  test('are added up by day and currency, without drift', () => {
    const rows = [
      row('2026-11-03', '-0.3', 'PLN'),
      row('2026-11-02', '5', 'EUR'),
      row('2026-11-01', '0.1', 'PLN'),
      row('2026-11-01', '0.2', 'PLN'),
    ];
    const [first, third] = [dayNumber('2026-11-01'), dayNumber('2026-11-03')];
    expect(balancesOf(rows)).toEqual([
      {
        currency: 'PLN',
        low: 0,
        high: 0.3,
        days: [
          { day: first, sum: 0.3 },
          { day: third, sum: 0 },
        ],
      },
      { currency: 'EUR', low: 0, high: 5, days: [{ day: first + 1, sum: 5 }] },
    ]);
    expect(balancesOf([])).toEqual([]);
  });

  test.each([
    ['zabka', true],
    ['LODZ -12', true],
    ['łódź chleb', true],
    ['zabka piwo', false],
  ])('are found by %j: %s', (text, isFound) => {
    expect(hasWords(row('2026-11-01', '-12.50', 'PLN', 'CHLEB'), text)).toBe(isFound);
  });
});
