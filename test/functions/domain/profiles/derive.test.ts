import { fc, test as property } from '@fast-check/jest';
import type { Definition, Rule } from '../../../../functions/domain/catalogue/definition.ts';
import { meets } from '../../../../functions/domain/catalogue/definition.ts';
import type { columnsOf } from '../../../../functions/domain/features/columns.ts';
import { labelRows } from '../../../../functions/domain/labels/label-rows.ts';
import type { LedgerRow } from '../../../../functions/domain/labels/labelled-row.ts';
import { CONTEXT_DAYS } from '../../../../functions/domain/labels/read-rows.ts';
import {
  columnsFor,
  type DerivationInput,
  derive,
  deriveProfiles,
  READ_DAYS,
  rowsOf,
} from '../../../../functions/domain/profiles/derive.ts';
import { explain, valueOn } from '../../../../functions/domain/profiles/explain.ts';
import type { Day } from '../../../../functions/domain/values/day.ts';
import { ledgerRows, pagesOfRows, TODAY } from '../../../support/ledgers.ts';
import { definitions, tinyCatalogue } from '../../../support/tiny-catalogue.ts';

const FIRST = TODAY - READ_DAYS - 150;
const rowsAround = fc.oneof(
  { weight: 2, arbitrary: ledgerRows(TODAY - 200, TODAY + 2) },
  { weight: 1, arbitrary: ledgerRows(FIRST, TODAY + 2) },
);

function inputOf(
  profiles: Parameters<typeof tinyCatalogue>[0],
  rows: readonly LedgerRow[],
  early: number,
): DerivationInput {
  const catalogue = tinyCatalogue(profiles);
  const first = rows[0]?.day;
  return { catalogue, definitions: catalogue.definitions, rows, dataFrom: first === undefined ? null : first - early };
}
const input = fc
  .tuple(definitions, rowsAround, fc.constantFrom(0, 0, 100, 1000))
  .map(([profiles, rows, early]) => inputOf(profiles, rows, early));

/** Whether a rule holds on a day, with each condition's value computed again. */
function holds(rule: Rule, columns: ReturnType<typeof columnsOf>, day: Day): boolean {
  if (rule.kind === 'condition') return meets(rule.condition, valueOn(rule.condition.feature, columns, day));
  if (rule.kind === 'not') return !holds(rule.rule, columns, day);
  const each = rule.rules.map((inner) => holds(inner, columns, day));
  return rule.kind === 'all' ? !each.includes(false) : each.includes(true);
}

/** A profile applies when `enter` held on a day E among the last `hold`, and `stay` from E on. */
function appliesByHand(
  definition: Definition,
  { dataFrom }: DerivationInput,
  columns: ReturnType<typeof columnsOf>,
  day: Day,
) {
  const judged = (on: Day) => dataFrom !== null && on - dataFrom + 1 >= Math.max(1, definition.history);
  for (let entered = day; entered > day - definition.hold; entered--) {
    if (!judged(entered) || !holds(definition.stay, columns, entered)) return false;
    if (holds(definition.enter, columns, entered)) return true;
  }
  return false;
}

/** The definitions that ask for more days, from the first booked row on, than there are on a day; of no data all. */
function notJudgedByHand({ definitions: all, dataFrom }: DerivationInput, day: Day): string[] {
  const days = dataFrom === null ? 0 : Math.max(0, day - dataFrom + 1);
  return all.filter(({ history }) => days === 0 || days < history).map(({ document }) => document.id);
}

property.prop([input, fc.integer({ min: 0, max: 60 })], { numRuns: 250 })(
  'profiles are those of a loop over the days of entry',
  (given, back) => {
    const day = TODAY - back;
    const columns = columnsFor(given, day);
    const expected = given.definitions.filter((definition) => appliesByHand(definition, given, columns, day));
    expect(deriveProfiles(given, day)).toEqual(expected.map(({ document }) => document.id));
  },
);

property.prop([input], { numRuns: 120 })(
  'the answer holds until the day on which another one would be derived',
  (given) => {
    const { profiles, notJudged, validUntil } = derive(given, TODAY);
    expect(profiles).toEqual(deriveProfiles(given, TODAY));
    expect(notJudged).toEqual(notJudgedByHand(given, TODAY));
    let change: Day | null = null;
    for (let day = TODAY + 1; day <= TODAY + 430; day++) {
      if (
        deriveProfiles(given, day).join() === profiles.join() &&
        notJudgedByHand(given, day).join() === notJudged.join()
      )
        continue;
      change = day;
      break;
    }
    expect(validUntil).toBe(change);
  },
);

property.prop([input, fc.infiniteStream(fc.nat())], { numRuns: 100 })(
  'the same ledger gives the same bytes',
  (given, random) => {
    const pages = pagesOfRows(given.rows);
    const shuffled = pages
      .map((page) => ({
        page: { ...page, days: new Map([...page.days].reverse()) },
        at: random.next().value as number,
      }))
      .sort((a, b) => a.at - b.at)
      .map(({ page }) => page);
    const bytes = (rows: readonly LedgerRow[]) => {
      const again = { ...given, rows };
      const explained = explain(given.definitions, columnsFor(again, TODAY), given.catalogue, TODAY, 5);
      return JSON.stringify([derive(again, TODAY), explained]);
    };
    expect(bytes(rowsOf(shuffled))).toBe(bytes(given.rows));
    expect(bytes(rowsOf(pages))).toBe(bytes(given.rows));
  },
);

property.prop([input, fc.integer({ min: 0, max: 200 })], { numRuns: 150 })(
  'rows later than the day and older than what is read never matter',
  (given, back) => {
    const day = TODAY - back;
    const seen = given.rows.filter((row) => row.day <= day && row.day > day - READ_DAYS);
    expect(deriveProfiles(given, day)).toEqual(deriveProfiles({ ...given, rows: seen }, day));
    const { validUntil } = derive({ ...given, rows: given.rows.filter((row) => row.day <= day) }, day);
    expect(validUntil).toBe(derive({ ...given, rows: seen }, day).validUntil);
  },
);

property.prop([rowsAround], { numRuns: 250 })('the labels of a row depend on its neighbourhood alone', (rows) => {
  const catalogue = tinyCatalogue();
  const all = labelRows(rows, catalogue);
  rows.forEach((row, index) => {
    const near = rows.filter(({ day }) => Math.abs(day - row.day) <= CONTEXT_DAYS);
    const before = rows.filter(({ day }) => day < row.day - CONTEXT_DAYS).length;
    expect(labelRows(near, catalogue)[index - before]).toEqual(all[index]);
  });
});

test('a wage next to a transfer does not depend on what made the transfer one', () => {
  const polish = { iban: 'PL61109010140000071219812874', currency: 'PLN' };
  const own = { iban: 'DE89370400440532013000', currency: 'PLN' };
  const pay = { amount: 500_000, title: 'wynagrodzenie', party: 'ACME' };
  const rows: LedgerRow[] = [
    { day: TODAY - 190, account: own, row: { amount: 1, title: 'x' } },
    { day: TODAY - 90, account: polish, row: { ...pay, partyIban: own.iban } },
    { day: TODAY - 45, account: polish, row: pay },
    { day: TODAY, account: polish, row: pay },
  ];
  const catalogue = tinyCatalogue();
  const labels = (given: readonly LedgerRow[]) =>
    labelRows(given, catalogue).map((row) => row.labels.map((label) => catalogue.labelNames[label]));
  const wage = ['compensation', 'regular wage', 'salary'];
  expect(labels(rows)).toEqual([[], ['internal'], wage, wage]);
  expect(labels(rows.slice(1))).toEqual([wage, wage, wage]);
});

test('no rows, no data, no definitions', () => {
  const none = inputOf([], [], 0);
  expect(derive(none, TODAY)).toEqual({ profiles: [], notJudged: [], validUntil: null });
  const absent = {
    id: 'absent',
    title: 'A',
    description: 'A',
    enter: { feature: 'pets.count', window: '30d', atMost: 0 },
  };
  expect(derive(inputOf([absent], [], 0), TODAY)).toEqual({ profiles: [], notJudged: ['absent'], validUntil: null });
  const catalogue = tinyCatalogue([absent]);
  const since = { catalogue, definitions: catalogue.definitions, rows: [], dataFrom: TODAY + 2 };
  expect(derive(since, TODAY)).toEqual({ profiles: [], notJudged: ['absent'], validUntil: TODAY + 2 });
  expect(derive(since, TODAY + 2)).toEqual({ profiles: ['absent'], notJudged: [], validUntil: null });
});
