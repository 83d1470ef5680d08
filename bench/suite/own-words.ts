/** What rules of a client's own cost: labelling the same owners with as many as are allowed, and without any. */
import { withOwnWords } from '../../functions/domain/catalogue/own-words.ts';
import { labelRows } from '../../functions/domain/labels/label-rows.ts';
import { joinPages } from '../../functions/domain/ledger/page.ts';
import { another } from '../support/catalogue.ts';
import { distinctOwners } from '../support/distinct-owners.ts';
import { type Bench, ratio } from '../support/figures.ts';
import { importOf, inputOf } from '../support/inputs.ts';
import { interleaved, ratioOf } from '../support/measure.ts';

const OWNERS = 8;
const ROWS = 500;
const ROUNDS = 15;
const RULES = 500;
const WORDS_OF_A_RULE = 40;
/** Every so many words one that the owners' banks print. */
const ONE_IN = 4_000;

export const bench: Bench = {
  name: 'own-words',
  title: "Own words: labelling with a client's rules",
  async run(progress) {
    // A memory of its own each: the built-in readings that own rules note their hits in are not those of the other.
    const [plain, amended] = [another(), another()];
    const owners = distinctOwners(OWNERS, ROWS).map(
      (message) => inputOf(joinPages([], [importOf(message)], { erasedAt: 0, firstMonth: 0 }).pages, plain).rows,
    );
    const printed = [...new Set(owners.flat().flatMap(({ row }) => row.title.toLowerCase().match(/[a-z]{5,}/g) ?? []))];
    const rules = Array.from({ length: RULES }, (_, rule) => ({
      ...{ id: `rule-${rule}`, give: ['golf'] },
      when: {
        words: Array.from({ length: WORDS_OF_A_RULE }, (_, word) => wordOf(rule * WORDS_OF_A_RULE + word, printed)),
      },
    }));
    const labels = [{ id: 'golf', title: 'Golf', group: 'leisure' }];
    const { catalogue, faults } = withOwnWords(amended, { labels, rules });
    if (faults.length > 0) throw new Error(`the rules do not hold: ${JSON.stringify(faults)}`);
    const without = () => owners.map((rows) => labelRows(rows, plain).length);
    const withRules = () => owners.map((rows) => labelRows(rows, catalogue).length);
    const hits = owners
      .flatMap((rows) => labelRows(rows, catalogue))
      .filter(({ reasons }) => reasons.some(isOwn)).length;
    const times = await interleaved(
      { without, withRules },
      { rounds: ROUNDS, sampleMs: 150, onRound: (round) => progress(`round ${round} of ${ROUNDS}`) },
    );
    const spread = ratioOf(times, 'withRules', 'without');
    return {
      figures: [
        ratio(`${RULES} rules of ${WORDS_OF_A_RULE} words: time`, '× of labelling without', spread, { atMost: 1.1 }),
      ],
      notes: [
        `${OWNERS} owners of ${ROWS} rows, whose texts were met before; ${hits} of the rows are of a rule.`,
        'A client without rules is labelled by the built-in labeller itself.',
      ],
      charts: [],
    };
  },
};

function wordOf(number: number, printed: readonly string[]): string {
  if (number % ONE_IN === 0) return printed[number % printed.length]!;
  return `${number.toString(36).padStart(4, 'q')}word${number % 5 === 0 ? '*' : ''}`;
}

function isOwn(reason: string): boolean {
  return reason.startsWith('rule ');
}
