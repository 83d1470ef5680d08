/** What can be told of the console without a browser: its size, its texts, its colours, its types, and what it computes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fc, test as property } from '@fast-check/jest';
import { consoleFiles } from '../../console/build/bundle.ts';
import { earlier, regions, type Snapshot, sharedBy, trends } from '../../console/page/model/snapshots.ts';
import { TEXTS } from '../../console/page/texts/table.ts';
import { API_TYPES, apiTypes } from '../../tools/console/api-types.ts';
import { ROOT } from '../../tools/drawing/imports.ts';

const MOST_BYTES = 60_000;

test('all that the browser loads is at most 60 kB, gzipped', () => {
  const sizes = [...consoleFiles().files.values()].map((contents) => gzipSync(contents, { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_BYTES);
});

test('the types of the API client are those of the OpenAPI document (npm run console:types)', () => {
  expect(readFileSync(join(ROOT, API_TYPES), 'utf8')).toBe(apiTypes());
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

/** Text on its ground, by the names of the tokens (WCAG 2.2, 1.4.3: 4.5 to 1). */
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
