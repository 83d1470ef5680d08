/**
 * A preview of own labels, rules and definitions over many owners, compared with an independent evaluation of the imports: rows are
 * read from the winning statements, labels found by regular expressions, days walked one by one. None of it labels, judges or adds up as
 * the service does. `npm run test:nightly` compares two thousand owners.
 */
import { fc } from '@fast-check/jest';
import { type AmendmentDocument, NO_AMENDMENT } from '../../../../functions/domain/catalogue/amendment.ts';
import { type ClientSettings, withAmendment } from '../../../../functions/domain/catalogue/client-settings.ts';
import type {
  ConditionDocument,
  DefinitionDocument,
  RuleDocument,
} from '../../../../functions/domain/catalogue/definition.ts';
import { type Account, accountKey, type Import, type Row } from '../../../../functions/domain/ledger/ledger.ts';
import { derive } from '../../../../functions/domain/profiles/derive.ts';
import { compareCodePoints } from '../../../../functions/domain/values/code-points.ts';
import { type Day, monthOf } from '../../../../functions/domain/values/day.ts';
import { joinImports } from '../../../../functions/use-cases/imports/join-imports.ts';
import { readForDays } from '../../../../functions/use-cases/owners/read-day.ts';
import { ACCOUNTS, imports, reference, TODAY } from '../../../support/ledgers.ts';
import { openRuns, type Runs } from '../../../support/runs.ts';
import { CLIENT, hashOf, ownerOf, SETTINGS } from '../../../support/service.ts';
import { ownTable } from '../../support/table.ts';

const OWNERS = process.env['NIGHTLY'] ? 2000 : 80;
const MOST_NEAR = 10;

const table = ownTable();
let runs: Runs;
beforeAll(async () => {
  runs = await openRuns(table);
}, 60_000);
afterAll(() => runs.close());

const own = { title: 'Own', description: 'Own' };
const DEFINITIONS: readonly DefinitionDocument[] = [
  {
    ...{ ...own, id: 'films' },
    enter: {
      all: [
        { feature: 'films.count', window: '14d', atLeast: 2 },
        { feature: 'films.days', window: '30d', atLeast: 2 },
      ],
    },
    stay: { feature: 'films.count', window: '14d', atLeast: 1 },
    hold: '4d',
  },
  {
    ...{ ...own, id: 'large' },
    enter: {
      any: [
        { feature: 'shop.total', window: '90d', atLeast: '25 EUR' },
        { feature: 'german.lastSeen', window: '90d', atMost: 7 },
      ],
    },
    needs: { history: '8d' },
  },
  {
    ...{ ...own, id: 'quiet' },
    enter: { not: { feature: 'all.count', window: '20d', between: [3, 6] } },
    hold: '1d',
  },
  { ...own, id: 'busy', enter: { feature: 'all.count', window: '20d', above: 4 } },
  { ...own, id: 'given', enter: { feature: 'own words.count', window: '365d', atLeast: 2 } },
  { ...own, id: 'nobody', enter: { feature: 'films.count', window: '365d', atLeast: 500 } },
];
const DRAFT: AmendmentDocument = {
  ...NO_AMENDMENT,
  profiles: DEFINITIONS,
  disabled: ['absent'],
  labels: ['films', 'shop', 'german', 'own words'].map((id) => ({ id, title: id, group: 'test' })),
  rules: [
    { id: 'r1', when: { words: ['netflix', 'kowal*'] }, give: ['films'] },
    { id: 'r2', when: { words: ['lidl 12'], direction: 'out', amount: { atLeast: '12.50 EUR' } }, give: ['shop'] },
    { id: 'r3', when: { merchantCategoryCode: ['5995'] }, give: ['shop'] },
    { id: 'r4', when: { iban: ['DE89*'], direction: 'in' }, give: ['german'] },
    { id: 'r5', when: { party: ['acme'], amount: { below: '20 EUR' } }, give: ['films'], take: ['pets'] },
  ],
};
const KEPT = ['busy', 'long', 'pets', 'sensitive', 'waged'];

/** A booked row, with the labels of the rules. */
type Read = { readonly day: Day; readonly cents: number | undefined; readonly labels: readonly string[] };

const PER_EURO: Readonly<Record<string, number>> = { EUR: 1, PLN: 4 };
const BY_KEY = new Map(ACCOUNTS.map((account) => [accountKey(account), account]));

function readRow(day: Day, { currency }: Account, row: Row): Read {
  const rate = PER_EURO[currency];
  const cents = rate === undefined ? undefined : Math.round(Math.abs(row.amount) / rate);
  const text = [row.title, row.party ?? ''];
  const labels = [
    text.some((one) => /\bnetflix\b|\bkowal/i.test(one)) && 'films',
    /\bacme\b/i.test(row.party ?? '') && (cents ?? 9999) < 2000 && 'films',
    text.some((one) => /\blidl 12\b/i.test(one)) && row.amount < 0 && (cents ?? 0) >= 1250 && 'shop',
    row.merchantCategoryCode === '5995' && 'shop',
    row.partyIban?.startsWith('DE89') && row.amount > 0 && 'german',
    row.labels?.includes('own words') && 'own words',
  ];
  return { day, cents, labels: labels.filter((label) => typeof label === 'string') };
}

/** The booked rows of an owner, of all days. */
function rowsOf(given: readonly Import[]): Read[] {
  return Object.entries(reference(given)).flatMap(([key, { rows }]) => {
    const at = key.lastIndexOf(' ');
    const account = BY_KEY.get(key.slice(0, at))!;
    const booked = rows.filter(({ pending }) => !pending);
    return booked.map((row) => readRow(Number(key.slice(at + 1)), account, row));
  });
}

const DAYS = /^(\d+)d$/;
const days = (text = '0d') => Number(DAYS.exec(text)?.[1]);

function featureOf({ feature, window }: ConditionDocument, rows: readonly Read[], day: Day): number {
  const [label = '', metric] = feature.split('.');
  const within = rows.filter((row) => row.day <= day && row.day > day - days(window));
  const some = within.filter(({ labels }) => label === 'all' || labels.includes(label));
  if (metric === 'count') return some.length;
  if (metric === 'days') return new Set(some.map((row) => row.day)).size;
  if (metric === 'months') return new Set(some.map((row) => monthOf(row.day))).size;
  if (metric === 'total') return some.reduce((sum, { cents = 0 }) => sum + cents, 0);
  return day - Math.max(...some.map((row) => row.day));
}

type Near = {
  readonly holds: boolean;
  readonly distance: number;
  readonly of: ConditionDocument;
  readonly value: number;
};

function nearness(rule: RuleDocument, rows: readonly Read[], day: Day): Near {
  if ('not' in rule) {
    const inner = nearness(rule.not, rows, day);
    return { ...inner, holds: !inner.holds };
  }
  if ('all' in rule || 'any' in rule) {
    const inner = ('all' in rule ? rule.all : rule.any).map((one) => nearness(one, rows, day));
    const decisive = inner.filter(({ holds }) => holds === 'any' in rule);
    const farthest = Math.max(...decisive.map(({ distance }) => distance));
    const nearest = Math.min(...inner.map(({ distance }) => distance));
    return (
      decisive.find(({ distance }) => distance === farthest) ?? inner.find(({ distance }) => distance === nearest)!
    );
  }
  const value = featureOf(rule, rows, day);
  const { atLeast, atMost, above, between } = rule;
  const bound = (text: string | number) => (typeof text === 'number' ? text : 100 * Number.parseFloat(text));
  const from = (threshold: string | number) => Math.abs(value - bound(threshold)) / bound(threshold);
  const near = (holds: boolean, distance: number): Near => ({ holds, distance, of: rule, value });
  if (between) {
    const [low, high] = between;
    const holds = value >= bound(low) && value <= bound(high);
    if (holds) return near(true, Math.min(from(low), from(high)));
    return near(false, value < bound(low) ? from(low) : from(high));
  }
  if (atLeast !== undefined) return near(value >= bound(atLeast), from(atLeast));
  if (above !== undefined) return near(value > bound(above), from(above));
  return near(value <= bound(atMost!), from(atMost!));
}

type Verdict = { readonly judged: boolean; readonly applies: boolean; readonly near: Near };

/** Entered on one of the last days of its hold, and kept on every one since. */
function verdictOf({ enter, stay = enter, needs, hold = '60d' }: DefinitionDocument, rows: readonly Read[]): Verdict {
  const first = Math.min(...rows.map(({ day }) => day));
  const isJudged = (day: Day) => day - first + 1 >= Math.max(1, days(needs?.history));
  const known = rows.filter(({ day }) => day <= TODAY);
  const holds = (rule: RuleDocument, day: Day) => isJudged(day) && nearness(rule, known, day).holds;
  let applies = false;
  for (let day = TODAY; day > TODAY - days(hold) && holds(stay, day) && !applies; day--) applies = holds(enter, day);
  return { judged: isJudged(TODAY), applies, near: nearness(enter, known, TODAY) };
}

const shown = (owner: string, { distance, of, value }: Near) => {
  const { feature, window = null, ...compared } = of;
  const [[operator, threshold]] = Object.entries(compared) as [[string, string | number | number[]]];
  return {
    ...{ ownerExternalId: owner, distance, feature, window, operator },
    threshold: Array.isArray(threshold) ? threshold.join(' and ') : String(threshold),
    value: feature.endsWith('.total') ? `${(value / 100).toFixed(2)} EUR` : String(value),
  };
};

type Answer = { readonly profiles: readonly string[]; readonly notJudged: readonly string[] };
type Answers = ReadonlyMap<string, Answer>;

/** Each owner separately under a version. */
async function answersBy(names: Iterable<string>, settings: ClientSettings): Promise<Answers> {
  const answers = new Map<string, Answer>();
  for (const ownerExternalId of names) {
    const read = await readForDays(runs.service, { clientId: CLIENT, ownerExternalId, settings }, TODAY);
    if (read) answers.set(ownerExternalId, derive(read.input, TODAY));
  }
  return answers;
}

test(`a preview of own words over ${OWNERS} owners says what every import says by itself`, async () => {
  const names = Array.from({ length: OWNERS }, (_, index) => `owner ${index} / ü`);
  const ledgers = fc.sample(imports(TODAY - 5), { seed: 7, numRuns: OWNERS });
  const given = new Map(
    names.map((name, at) => [name, ledgers[at] ?? []] as const).filter(([, one]) => one.length > 0),
  );
  for (const [name, one] of given) await joinImports(runs.service, ownerOf(name), SETTINGS, one);
  const author = await runs.author();
  await runs.drafts.replace(author, DRAFT);
  const { previewId } = await runs.previews.start(author);
  await runs.drive();
  const { result, to } = await runs.previews.read(author, previewId);
  expect(runs.failures).toEqual([]);

  const [before, after] = [
    await answersBy(given.keys(), SETTINGS),
    await answersBy(given.keys(), withAmendment(SETTINGS, to.version)),
  ];
  const rows = new Map([...given].map(([name, one]) => [name, rowsOf(one)]));
  const verdicts = new Map(
    DEFINITIONS.map((one) => [one.id, new Map([...rows].map(([name, read]) => [name, verdictOf(one, read)]))]),
  );
  const owners = [...given.keys()];
  const had = (answers: Answers, list: keyof Answer, id: string) =>
    owners.filter((name) => answers.get(name)?.[list].includes(id));
  /** Built-in logic has an effect of its own: a label by a rule may turn a transfer into income. */
  const will = (id: string, is: (verdict: Verdict) => boolean, list: keyof Answer) => {
    const ofOwn = verdicts.get(id);
    return ofOwn ? owners.filter((name) => is(ofOwn.get(name)!)) : had(after, list, id);
  };
  const ids = [...new Set([...KEPT, 'absent', ...verdicts.keys()])].sort(compareCodePoints);
  expect(result).toMatchObject({ owners: before.size, failed: 0 });
  const pages = new Map<string, string[]>();
  const expected = ids.map((profile) => {
    const was = had(before, 'profiles', profile);
    const becomes = will(profile, ({ applies }) => applies, 'profiles');
    const entered = becomes.filter((name) => !was.includes(name));
    const left = was.filter((name) => !becomes.includes(name));
    pages.set(`${profile} entered`, entered.sort()).set(`${profile} left`, left.sort());
    return {
      ...{ profile, added: !KEPT.includes(profile) && profile !== 'absent' },
      ...{ before: was.length, after: becomes.length, entered: entered.length, left: left.length },
      notJudgedBefore: had(before, 'notJudged', profile).length,
      notJudgedAfter: will(profile, ({ judged }) => !judged, 'notJudged').length,
    };
  });
  expect(result?.profiles).toEqual(expected);
  for (const profile of ids) {
    for (const change of ['entered', 'left'] as const) {
      const page = await runs.previews.owners(author, previewId, { profile, change, limit: 2000 });
      expect([profile, change, [...page.owners].sort()]).toEqual([profile, change, pages.get(`${profile} ${change}`)]);
    }
  }

  const closest = (id: string, holds: boolean) =>
    [...verdicts.get(id)!]
      .filter(([, { judged, applies, near }]) => judged && applies === holds && near.holds === holds)
      .filter(([, { near }]) => Number.isFinite(near.distance))
      .sort(([a, one], [b, other]) => one.near.distance - other.near.distance || (hashOf(a) < hashOf(b) ? -1 : 1))
      .slice(0, MOST_NEAR)
      .sort(([a, one], [b, other]) => one.near.distance - other.near.distance || compareCodePoints(a, b))
      .map(([name, { near }]) => shown(name, near));
  for (const id of verdicts.keys()) {
    const near = { profile: id, inside: closest(id, true), outside: closest(id, false) };
    expect(await runs.previews.nearMisses(author, previewId, id)).toEqual(near);
  }
  // There is something to compare on either side, and of every kind of rule.
  const some = await Promise.all(
    ['films', 'large', 'quiet', 'busy'].map((id) => runs.previews.nearMisses(author, previewId, id)),
  );
  expect(some.every(({ inside, outside }) => inside.length > 0 && outside.length > 0)).toBe(true);
  expect(expected.find(({ profile }) => profile === 'nobody')).toMatchObject({ added: true, after: 0, entered: 0 });
  for (const profile of ['pets', 'nothing', '__proto__']) {
    await expect(runs.previews.nearMisses(author, previewId, profile)).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
    });
  }
});
