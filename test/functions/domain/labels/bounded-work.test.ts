/** Labelling takes steps in proportion to its input, whatever that is: counted as look-ups of its input. */
import { compileDocument } from '../../../../catalogue/build/compile.ts';
import { compileRule, withName } from '../../../../functions/domain/labels/compiled-rule.ts';
import { Found } from '../../../../functions/domain/labels/label-reasons.ts';
import type { LedgerRow, RowLabels } from '../../../../functions/domain/labels/labelled-row.ts';
import { Meaning } from '../../../../functions/domain/labels/meaning.ts';
import { markTwins, type Payments } from '../../../../functions/domain/labels/monthly-streams.ts';
import { ownTransfers } from '../../../../functions/domain/labels/own-transfers.ts';
import { decide, type Hit } from '../../../../functions/domain/labels/precedence.ts';
import { uncovered } from '../../../../functions/domain/labels/rule-matches.ts';

const FEW = 500;
const TIMES = 8;

/** How many times more steps the work takes with `TIMES` as many things. */
function growth(steps: (many: number) => number): number {
  return steps(FEW * TIMES) / steps(FEW);
}

/** Things that count each time when one of their properties, or elements, is looked up. */
function counter() {
  let steps = 0;
  const counted = <Thing extends object>(thing: Thing): Thing =>
    new Proxy(thing, {
      get(target, key) {
        if (typeof key === 'string' && key !== 'length') steps++;
        return Reflect.get(target, key, target);
      },
    });
  return { counted, steps: () => steps };
}

describe('hits of a text', () => {
  const { labels, rules } = compileDocument();
  const meaning = new Meaning(rules.meaning, new Map(labels.map(({ id, group }) => [id, group])));
  const word = (...given: string[]) => withName(compileRule({ family: 'word', out: given, in: given }, meaning), 'x');
  // Each hides the other's neighbours or is hidden by them, and none covers another.
  const values = [word('cafe'), word('culture'), word('parking'), word('healthcare'), word('education')];
  const hitsOf = (many: number, counted: (hit: Hit) => Hit) =>
    Array.from({ length: many }, (_, at): Hit => {
      const value = values[at % values.length] as Hit['value'];
      return counted({ start: at, end: at + 1, field: 'title', value, side: value.out });
    });
  const codes = {
    code: [],
    codeKinds: 0,
    codeHides: undefined,
    codeReason: '',
    codeIsWeak: false,
    codeIsService: false,
    refundByCode: false,
    bankCode: [],
    bankCodeReason: '',
  };

  test('are compared with those over the same words alone', () => {
    const steps = (many: number) => {
      const { counted, steps } = counter();
      const overlapping = hitsOf(many, (hit) => counted({ ...hit, end: hit.start + 1 + (hit.start % 3) }));
      expect(uncovered(overlapping).length).toBeGreaterThan(many / 4);
      return steps();
    };
    expect(growth(steps)).toBeLessThan(TIMES * 1.1);
  });

  test('are weighed once for each combination of labels', () => {
    const steps = (many: number) => {
      const { counted, steps } = counter();
      const found = new Found();
      decide(found, { hits: hitsOf(many, counted), direction: 'out', codes }, meaning);
      expect(found.reasons).toEqual(['word "x"']);
      return steps();
    };
    expect(growth(steps)).toBeLessThan(TIMES * 1.1);
  });
});

describe('rows', () => {
  const rowsOf = (many: number, rowOf: (at: number) => LedgerRow) => {
    const { counted, steps } = counter();
    const rows = Array.from({ length: many }, (_, at) => rowOf(at));
    const plain = { labels: [], reasons: [], otherLabels: [], party: { name: '' }, partyFrom: 'title' } as const;
    const found = rows.map((): RowLabels => ({ ...plain, country: undefined, own: undefined }));
    const read = {
      rows,
      found,
      day: counted(Int32Array.from(rows, ({ day }) => day)),
      amount: counted(Float64Array.from(rows, ({ row }) => row.amount)),
      account: counted(Int32Array.from(rows, ({ account }) => (account.accountId === 'b' ? 1 : 0))),
      accounts: 2,
    };
    return { read, steps };
  };

  // All but the first on one account: each finds many like it, and none of them on the other one.
  test('of one amount, to and fro on one account', () => {
    const steps = (many: number) => {
      const { read, steps } = rowsOf(many, (at) => ({
        day: 5,
        account: { accountId: at === 0 ? 'b' : 'a', currency: 'EUR' },
        row: { amount: at % 2 === 0 ? 500 : -500, title: '' },
      }));
      const given = ownTransfers(read, {
        plain: new Set(),
        creditCard: undefined,
        cardBill: new Set(),
        exchange: undefined,
      });
      expect(given.filter((reason) => reason !== undefined).length).toBe(many / 2 + 1);
      return steps();
    };
    expect(growth(steps)).toBeLessThan(TIMES * 1.1);
  });

  test('of one party a month apart, with amounts that never meet', () => {
    const steps = (many: number) => {
      const { counted, steps } = counter();
      const half = many / 2;
      const payments: Payments = {
        firstOf: Int32Array.of(0, many),
        row: Int32Array.from({ length: many }, (_, at) => at),
        day: counted(Int32Array.from({ length: many }, (_, at) => (at < half ? 0 : 30))),
        due: new Int32Array(many),
        amount: counted(Float64Array.from({ length: many }, (_, at) => at + 1)),
        isNamed: new Uint8Array(many).fill(1),
        busiest: new Uint8Array(many).fill(40),
      };
      const monthly = new Uint8Array(many);
      markTwins(payments, 0, many, monthly);
      expect(monthly.includes(1)).toBe(false);
      return steps();
    };
    expect(growth(steps)).toBeLessThan(TIMES * 1.1);
  });
});
