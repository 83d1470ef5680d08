/** Staying must be weaker than entering: an owner who may enter a profile on a day may stay in it on that day. */
import { fc } from '@fast-check/jest';
import { preparedCatalogue } from '../../catalogue/build/prepared.ts';
import { openCatalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { conditionsOf, type Definition } from '../../functions/domain/catalogue/definition.ts';
import { columnsOf } from '../../functions/domain/features/columns.ts';
import type { Labelled } from '../../functions/domain/labels/labelled-row.ts';
import { has, judge } from '../../functions/domain/profiles/judge.ts';

const catalogue = openCatalogue(preparedCatalogue());
const LAST_DAY = 20_000;
const LOOKED_AT = 120;
const HISTORY = 480;
const days = Array.from({ length: LOOKED_AT + 1 }, (_, index) => LAST_DAY - LOOKED_AT + index);

/** A recurring label: its distance in days, its euros, its number of parties. */
type Habit = {
  readonly label: number;
  readonly every: number;
  readonly from: number;
  readonly until: number;
  readonly euros: number;
  readonly parties: number;
  readonly comesIn: boolean;
};

/** Labels in the conditions of a definition; other money comes and goes as well. */
function labelsOf(definition: Definition): number[] {
  const asked = [definition.enter, definition.stay].flatMap(conditionsOf).flatMap(({ feature }) => {
    return feature.of === 'set' && typeof feature.set !== 'string' ? feature.set : [];
  });
  return [...new Set([...asked, catalogue.labels.get('grocery')!, catalogue.labels.get('salary')!])];
}

function habitsFor(definition: Definition): fc.Arbitrary<Habit[]> {
  const habit = fc.record({
    label: fc.constantFrom(...labelsOf(definition)),
    every: fc.integer({ min: 2, max: 60 }),
    from: fc.integer({ min: 0, max: HISTORY - 1 }),
    until: fc.integer({ min: 0, max: HISTORY }),
    euros: fc.integer({ min: 1, max: 400 }),
    parties: fc.integer({ min: 1, max: 5 }),
    comesIn: fc.boolean(),
  });
  return fc.array(habit, { minLength: 1, maxLength: 6 });
}

function rowsOf(habits: readonly Habit[]): Labelled[] {
  const rows = habits.flatMap(({ label, every, from, until, euros, parties, comesIn }) => {
    const own: Labelled[] = [];
    for (let back = from; back <= until; back += every) {
      own.push({
        day: LAST_DAY - HISTORY + back,
        account: { iban: 'LT00', currency: 'EUR' },
        row: { amount: (comesIn ? 100 : -100) * euros, title: '' },
        labels: [label],
        reasons: ['example'],
        otherLabels: [],
        party: { name: `${label} ${own.length % parties}` },
        country: undefined,
      });
    }
    return own;
  });
  return rows.sort((a, b) => a.day - b.day);
}

test.each(catalogue.definitions.map((definition) => [definition.document.id, definition] as const))(
  '%s: an owner who may enter may stay',
  async (_, definition) => {
    let entered = 0;
    await fc.assert(
      fc.property(habitsFor(definition), (habits) => {
        const columns = columnsOf(rowsOf(habits), LAST_DAY - HISTORY, catalogue);
        const [verdict] = judge([definition], columns, LAST_DAY - LOOKED_AT, LAST_DAY);
        const mayEnter = days.filter((day) => verdict && has(verdict.enter, day));
        entered += mayEnter.length;
        expect(mayEnter.filter((day) => verdict && !has(verdict.stay, day))).toEqual([]);
      }),
      { numRuns: 600, seed: 1 },
    );
    // Without a single entry nothing is shown.
    expect(entered).toBeGreaterThan(0);
  },
);
