/** A client's own labels and rules: their effect on rows, against a naive implementation, and which of them are refused. */
import { fc, test as property } from '@fast-check/jest';
import { preparedCatalogue } from '../../../../catalogue/build/prepared.ts';
import { generateFieldLives } from '../../../../evaluation/lives/field.ts';
import {
  amend,
  amendmentFaults,
  canonicalText,
  changesBetween,
  NO_AMENDMENT,
} from '../../../../functions/domain/catalogue/amendment.ts';
import { type Catalogue, openCatalogue } from '../../../../functions/domain/catalogue/catalogue.ts';
import {
  type OwnRuleDocument,
  type OwnRuleWhen,
  ownWordsFaults,
  withOwnWords,
} from '../../../../functions/domain/catalogue/own-words.ts';
import { labelRows } from '../../../../functions/domain/labels/label-rows.ts';
import type { Labelled, LedgerRow } from '../../../../functions/domain/labels/labelled-row.ts';
import { tokensOf } from '../../../../functions/domain/labels/matching/folding.ts';
import type { Labeller } from '../../../../functions/domain/labels/row-labeller.ts';
import { interpretImport } from '../../../../functions/domain/ledger/import.ts';
import type { Row } from '../../../../functions/domain/ledger/ledger.ts';
import { joinPages } from '../../../../functions/domain/ledger/page.ts';
import { rowsOf } from '../../../../functions/domain/profiles/derive.ts';
import { monthOf } from '../../../../functions/domain/values/day.ts';
import { toCents } from '../../../../functions/domain/values/rates.ts';
import { EVERYTHING, TODAY } from '../../../support/ledgers.ts';

const builtIn = openCatalogue(preparedCatalogue());
const GOLF = { id: 'golf', title: 'Golf', group: 'leisure' };
const VIP = { id: 'vip', title: 'Very important', group: 'giving' };
const LABELS = [GOLF, VIP];

const rows: readonly LedgerRow[] = generateFieldLives(7, 'open', 3).flatMap(({ imports }) => {
  const told = imports.map((message) => {
    const { import: one, faults } = interpretImport(message, Date.parse('2027-01-01'));
    if (!one) throw new Error(`a life is no import: ${JSON.stringify(faults)}`);
    return one;
  });
  return rowsOf(joinPages([], told, EVERYTHING).pages).slice(0, 150);
});
const words = [...new Set(rows.flatMap(({ row }) => tokensOf(row.title)))].filter((token) => token.length > 3);
const shown = ({ labelNames }: Catalogue, labelled: readonly Labelled[]) =>
  labelled.map(({ labels, reasons }) => labels.map((label, index) => `${labelNames[label]}: ${reasons[index]}`));

/** Whether a rule applies to a row, by the contract's words. */
function holds({ when }: OwnRuleDocument, { day, account, row }: LedgerRow): boolean {
  const rate = builtIn.rates.rateIn(monthOf(day), account.currency);
  const cents = rate && Math.abs(toCents(row.amount, rate));
  const bound = (text: string | undefined) => Number(text?.split(' ')[0]) * 100;
  return (
    (!when.words || [row.title, row.party, row.kind].some((text) => when.words?.some((word) => isIn(word, text)))) &&
    (!when.party || when.party.some((word) => isIn(word, row.party))) &&
    (!when.iban || when.iban.some((iban) => isIban(iban, row.partyIban))) &&
    (!when.merchantCategoryCode || when.merchantCategoryCode.includes(row.merchantCategoryCode ?? '')) &&
    (!when.direction || (when.direction === 'out' ? row.amount < 0 : row.amount > 0)) &&
    (!when.amount?.atLeast || (cents !== undefined && cents >= bound(when.amount.atLeast))) &&
    (!when.amount?.below || (cents !== undefined && cents < bound(when.amount.below)))
  );
}

function isIban(wanted: string, iban = ''): boolean {
  return wanted.endsWith('*') ? iban.startsWith(wanted.slice(0, -1)) : iban === wanted;
}

function isIn(pattern: string, text = ''): boolean {
  const tokens = tokensOf(text);
  const steps = pattern.split(' ');
  const fits = (step: string, token: string | undefined) =>
    token !== undefined &&
    (step.endsWith('*') ? token.startsWith(tokensOf(step).join('')) : token === tokensOf(step).join(''));
  return tokens.some((_, at) => steps.every((step, index) => fits(step, tokens[at + index])));
}

const word = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(...words).map((text) => `${text.slice(0, 3)}*`),
  fc.constantFrom(...words).map((text) => text.toUpperCase()),
  fc.constantFrom(...rows.map(({ row }) => tokensOf(row.title).slice(0, 2).join(' '))).filter((text) => text !== ''),
);
const ibans = rows.flatMap(({ row }) => row.partyIban ?? []);
const codes = rows.flatMap(({ row }) => row.merchantCategoryCode ?? []);
const some = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { minLength: 1, maxLength: 3 });
const when: fc.Arbitrary<OwnRuleWhen> = fc
  .record(
    {
      words: some(word),
      party: some(word),
      iban: some(fc.constantFrom(...ibans, ...ibans.map((iban) => `${iban.slice(0, 4)}*`))),
      merchantCategoryCode: some(fc.constantFrom(...codes)),
      direction: fc.constantFrom('in' as const, 'out' as const),
      amount: fc.constantFrom({ atLeast: '40 EUR' }, { below: '7.5 EUR' }),
    },
    { requiredKeys: [] },
  )
  .filter((fields) => Object.keys(fields).length > 0);
// Labels on which no structure is built, so that their effect on one row stays on that row.
const rule = fc.record({
  when,
  give: fc.array(fc.constantFrom('golf', 'vip', 'sport'), { minLength: 1, maxLength: 2 }),
  take: fc.array(fc.constantFrom('grocery', 'restaurant', 'fuel', 'sport', 'pets'), { maxLength: 3 }),
});
const ruleSets = fc
  .array(rule, { minLength: 1, maxLength: 40 })
  .map((rules) => rules.map((one, index) => ({ id: `r${String(index).padStart(2, '0')}`, ...one })));

const before = shown(builtIn, labelRows(rows, builtIn));
property.prop([ruleSets], { numRuns: 4, seed: 7 })(
  'every take removes, then every give adds; rows that no rule holds for and other clients keep their labels',
  (rules) => {
    const { catalogue, faults } = withOwnWords(builtIn, { labels: LABELS, rules });
    expect(faults).toEqual([]);
    const expected = rows.map((row, at) => {
      const held = rules.filter((one) => holds(one, row));
      const taken = new Set(held.flatMap(({ take }) => take));
      const reasons = new Map(before[at]!.map((entry) => entry.split(': ') as [string, string]));
      for (const label of taken) if (reasons.get(label) !== 'publisher') reasons.delete(label);
      for (const { id, give } of held.toReversed()) for (const label of give) reasons.set(label, `rule ${id}`);
      return [...reasons].map(([label, reason]) => `${label}: ${reason}`).sort();
    });
    expect(shown(catalogue, labelRows(rows, catalogue)).map((labels) => labels.sort())).toEqual(expected);
    expect(shown(builtIn, labelRows(rows, builtIn))).toEqual(before);
  },
);

property.prop([fc.array(ruleSets, { minLength: 2, maxLength: 3 })], { numRuns: 3, seed: 11 })(
  'clients whose rows come in turns are labelled as each is alone, though they share what was read',
  (clients) => {
    const opened = () => clients.map((rules) => withOwnWords(builtIn, { labels: LABELS, rules }).catalogue.labeller);
    const said = (labeller: Labeller, row: LedgerRow) => {
      const { labels, reasons, party, own } = labeller.label(row);
      return { labels, reasons, party: party.name, own };
    };
    const alone = opened().map((labeller) => rows.map((row) => said(labeller, row)));
    const labellers = opened();
    const inTurns = rows.map((row) => labellers.map((labeller) => said(labeller, row)));
    expect(clients.map((_, client) => inTurns.map((ofRow) => ofRow[client]))).toEqual(alone);
  },
);

const ACCOUNT = { iban: 'PL61109010140000071219812874', currency: 'EUR' };
function labelsOf(of: Partial<Row>, rules: readonly OwnRuleDocument[]): string[] {
  const { catalogue, faults } = withOwnWords(builtIn, { labels: LABELS, rules });
  expect(faults).toEqual([]);
  const row = { amount: -4000, title: 'CLUB DE GOLF LA MORALEJA', ...of };
  return shown(catalogue, labelRows([{ day: TODAY, account: ACCOUNT, row }], catalogue))[0] ?? [];
}
const giving = (fields: OwnRuleWhen, more: Partial<OwnRuleDocument> = {}) => [
  { id: 'r', when: fields, give: ['golf'], ...more },
];

test.each<[OwnRuleWhen, Partial<Row>, boolean]>([
  [{ words: ['club de golf'] }, {}, true],
  [{ words: ['Moralèja'] }, {}, true],
  [{ words: ['golf moraleja'] }, {}, false],
  [{ words: ['gol'] }, {}, false],
  [{ words: ['gol*'] }, {}, true],
  [{ words: ['golf'] }, { title: 'x', kind: 'GOLF' }, true],
  [{ words: ['golf'] }, { title: 'x', party: 'Golf' }, true],
  [{ party: ['golf'] }, {}, false],
  [{ party: ['golf'] }, { party: 'GOLF' }, true],
  [{ iban: ['DE89 3704 0044 0532 0130 00'] }, { partyIban: 'DE89370400440532013000' }, true],
  [{ iban: ['de89*'] }, { partyIban: 'DE89370400440532013000' }, true],
  [{ iban: ['DE89'] }, { partyIban: 'DE89370400440532013000' }, false],
  [{ merchantCategoryCode: ['7992'] }, { merchantCategoryCode: '7992' }, true],
  [{ merchantCategoryCode: ['7992'] }, {}, false],
  [{ direction: 'out' }, {}, true],
  [{ direction: 'in' }, {}, false],
  [{ direction: 'out' }, { amount: 0 }, false],
  [{ amount: { atLeast: '40 EUR' } }, {}, true],
  [{ amount: { above: '40 EUR' } }, {}, false],
  [{ amount: { atMost: '40 EUR' } }, { amount: 4000 }, true],
  [{ amount: { below: '40 EUR' } }, {}, false],
  [{ amount: { between: ['10 EUR', '39.99 EUR'] } }, {}, false],
  [{ words: ['golf'], direction: 'out', amount: { atLeast: '40 EUR' } }, {}, true],
  [{ words: ['golf'], merchantCategoryCode: ['7992'] }, {}, false],
])('%j of a row with %j: %s', (fields, row, expected) => {
  expect(labelsOf(row, giving(fields)).includes('golf: rule r')).toBe(expected);
});

test.each([
  [{ words: ['klub 7719'] }, 'KLUB 7719'],
  [{ party: ['klub 771*'] }, 'KLUB 7719'],
  [{ words: ['7719'] }, 'x 7719 y'],
])('a number of %j is found in the texts that hold it alone', (fields, text) => {
  const { catalogue } = withOwnWords(builtIn, { labels: LABELS, rules: giving(fields) });
  const labelled = (numbers: readonly string[]) => {
    const given = numbers.map((number) => text.replace('7719', number));
    const ofNumbers = given.map((one) => ({
      ...{ day: TODAY, account: ACCOUNT },
      row: { amount: -4000, title: one, party: one },
    }));
    return shown(catalogue, labelRows(ofNumbers, catalogue)).map((labels) => labels.includes('golf: rule r'));
  };
  expect(labelled(['6619', '7719', '6620'])).toEqual([false, true, false]);
  expect(labelled(['7719', '6619', '7719'])).toEqual([true, false, true]);
});

test('what the publisher gave stays, and labels that it alone gives are known once they are declared', () => {
  const rules = giving({ words: ['golf'] }, { give: ['vip'], take: ['pets'] });
  expect(labelsOf({ labels: ['pets', 'vip', 'unheard'] }, rules)).toEqual(
    expect.arrayContaining(['pets: publisher', 'vip: publisher']),
  );
  const document = { ...NO_AMENDMENT, labels: LABELS, rules };
  const definition = {
    ...{ id: 'important', title: 'V', description: 'V' },
    enter: { feature: 'vip|golf.count', window: '90d', atLeast: 1 },
  };
  const { judged, faults } = amend(builtIn, { ...document, profiles: [definition] }, { enabledProfiles: [] });
  expect([judged.some(({ document: one }) => one.id === 'important'), faults]).toEqual([true, []]);
});

test('labels of what rows say together are taken, too, and labels that are given stay on them', () => {
  const salary = (month: number): LedgerRow => ({
    ...{ day: TODAY - month * 30, account: ACCOUNT },
    row: { amount: 300_000, title: 'WYNAGRODZENIE', party: 'ACME SP Z O O' },
  });
  const paid = [3, 2, 1, 0].map(salary);
  const under = (rules: readonly OwnRuleDocument[]) => {
    const { catalogue } = withOwnWords(builtIn, { labels: LABELS, rules });
    return shown(catalogue, labelRows(paid, catalogue)).at(-1);
  };
  const [taken, untaken] = [under(giving({ party: ['acme'] }, { take: ['regular wage', 'monthly'] })), under([])];
  expect(untaken?.map((entry) => entry.split(':')[0])).toEqual(expect.arrayContaining(['regular wage', 'monthly']));
  expect(taken?.map((entry) => entry.split(':')[0])).not.toEqual(expect.arrayContaining(['monthly']));
  expect(taken).toContain('golf: rule r');
});

const fault = (rules: readonly unknown[], labels: readonly unknown[] = LABELS) =>
  ownWordsFaults(builtIn, { labels, rules } as unknown as Parameters<typeof ownWordsFaults>[1]);
const bad = (fields: object, more: object = {}) => fault([{ id: 'r', when: fields, give: ['golf'], ...more }]);

test.each([
  [bad({}), 'rules[0].when', 'must have at least one field'],
  [bad({ words: ['go*'] }), 'rules[0].when.words[0]', 'must have 3 letters before a * at least'],
  [bad({ words: ['golf', '*'] }), 'rules[0].when.words[1]', 'must have 3 letters before a * at least'],
  [bad({ party: ['g*lf'] }), 'rules[0].when.party[0]', 'must have a * at the end of a word only'],
  [bad({ words: ['&'] }), 'rules[0].when.words[0]', 'must contain a letter or a digit'],
  [bad({ words: ['x'.repeat(64)] }), 'rules[0].when.words[0]', 'must not have more than 63 letters in a row'],
  [bad({ iban: ['*'] }), 'rules[0].when.iban[0]', 'must be an account number, or its first characters and a *'],
  [
    bad({ amount: { atLeast: '40' } }),
    'rules[0].when.amount.atLeast',
    'must be an amount with its currency, such as 60 EUR, and is "40"',
  ],
  [
    bad({ amount: { atLeast: '4 EUR', below: '5 EUR' } }),
    'rules[0].when.amount',
    'must have exactly one of atLeast, atMost, above, below, between, and has 2',
  ],
  [bad({ words: ['x'] }, { give: [] }), 'rules[0]', 'must give or take a label'],
  [
    bad({ words: ['x'] }, { give: ['gulf'] }),
    'rules[0].give[0]',
    'must be a known label, and `gulf` is not: did you mean `golf`?',
  ],
  [
    bad({ words: ['x'] }, { take: ['sprot'] }),
    'rules[0].take[0]',
    'must be a known label, and `sprot` is not: did you mean `sport`?',
  ],
  [bad({ words: ['x'] }, { take: ['golf'] }), 'rules[0].take[0]', 'must be a built-in label: `golf` is your own'],
  [
    fault([], [{ ...GOLF, group: 'leisur' }]),
    'labels[0].group',
    'must be a known group, and `leisur` is not: did you mean `leisure`?',
  ],
  [
    fault([], [{ ...GOLF, id: 'pets' }]),
    'labels[0].id',
    'must not be the built-in label `pets`: rules may give it without a declaration',
  ],
  [
    fault([], [{ ...GOLF, id: 'spending' }]),
    'labels[0].id',
    'must not be `spending`, which means something else in the names of features',
  ],
  [fault([], [GOLF, GOLF]), 'labels[1].id', 'must be defined once, and "golf" is at labels[0] too'],
  [
    fault(
      [],
      Array.from({ length: 101 }, (_, n) => ({ ...GOLF, id: `l${n}` })),
    ),
    'labels',
    'must not have more than 100 labels, and has 101',
  ],
  [
    fault(Array.from({ length: 501 }, (_, n) => ({ id: `r${n}`, when: { direction: 'in' }, give: ['golf'] }))),
    'rules',
    'must not have more than 500 rules, and has 501',
  ],
  [
    bad({ words: Array.from({ length: 20_001 }, (_, n) => `w${n}`) }),
    'rules',
    'must not have more than 20000 words together, and has 20001',
  ],
  [
    bad({ words: Array.from({ length: 501 }, (_, n) => `golf${n}*`) }),
    'rules',
    'must not have more than 500 words with a * that begin with "gol…"',
  ],
])('a fault is named: %j', (faults, path, message) => {
  expect(faults).toEqual([{ path, message }]);
});

test('all faults that an answer lists are found soon, however many there are', () => {
  const rules = Array.from({ length: 500 }, (_, n) => ({ id: `r${n}`, when: {}, give: ['x'.repeat(64)] }));
  expect(fault(rules)).toHaveLength(20);
});

test('an amendment is its words, too: they change its version, and definitions read declared labels alone', () => {
  const rules = giving({ words: ['golf'] });
  const document = { ...NO_AMENDMENT, labels: LABELS, rules };
  expect(canonicalText(document)).not.toBe(canonicalText(NO_AMENDMENT));
  expect(canonicalText(NO_AMENDMENT)).toBe('{"disabled":[],"enabled":[],"profiles":[]}');
  expect(changesBetween(NO_AMENDMENT, document)).toEqual([
    { path: 'labels.golf', change: 'added' },
    { path: 'labels.vip', change: 'added' },
    { path: 'rules.r', change: 'added' },
  ]);
  const player = { id: 'p', title: 'P', description: 'P', enter: { feature: 'golf.count', window: '9d', atLeast: 1 } };
  expect(amendmentFaults(builtIn, { ...document, profiles: [player] })).toEqual([]);
  expect(amendmentFaults(builtIn, { ...NO_AMENDMENT, profiles: [player] })).toMatchObject([
    {
      path: 'profiles[0].enter.feature',
      message: expect.stringMatching(/^must have a known label, and `golf` is not/),
    },
  ]);
});

test('the most words that are allowed are taken', () => {
  const many = Array.from({ length: 20_000 }, (_, n) => (n % 2 ? `word${n}` : `${n.toString(36).padStart(4, 'q')}*`));
  const rules = [0, 1, 2, 3].map((part) => ({
    ...{ id: `r${part}`, give: ['golf'] },
    when: { words: many.slice(part * 5000, part * 5000 + 5000) },
  }));
  const { catalogue } = withOwnWords(builtIn, { labels: LABELS, rules });
  const [first] = rows;
  const named = { ...first!, row: { ...first!.row, title: 'word19999' } };
  const [labelled] = labelRows([named], catalogue);
  expect(labelled!.labels.map((label) => catalogue.labelNames[label])).toContain('golf');
});
