/** The cost of a client's own rules: labelling the same owners with as many as are allowed, and without any. */

import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { withOwnWords } from '../../functions/domain/catalogue/own-words.ts';
import { labelRows } from '../../functions/domain/labels/label-rows.ts';
import { another } from '../support/catalogue.ts';
import { distinctOwners } from '../support/distinct-owners.ts';
import { type Bench, ratio } from '../support/figures.ts';
import { inputOf, pagesOfOwner } from '../support/inputs.ts';
import { interleaved, ratioOf } from '../support/measure.ts';

const OWNERS = 8;
const ROWS = 500;
const ROUNDS = 15;
const RULES = 500;
const WORDS_OF_A_RULE = 40;
/** One in this many words is one that the owners' banks print, so that a rule matches few rows, or a third. */
const FEW = { named: 'few rows match', oneIn: 4_000 };
const THIRD = { named: 'a third of the rows match', oneIn: 400 };

export const bench: Bench = {
  name: 'own-words',
  title: "Own words: labelling with a client's rules",
  async run(progress) {
    // A separate cache for each: own rules note their hits in the cached readings of the built-in ones.
    const plain = another();
    const owners = distinctOwners(OWNERS, ROWS).map((message) => inputOf(pagesOfOwner(message), plain).rows);
    const printed = [...new Set(owners.flat().flatMap(({ row }) => row.title.toLowerCase().match(/[a-z]{5,}/g) ?? []))];
    const few = withRules(another(), printed, FEW.oneIn);
    const third = withRules(another(), printed, THIRD.oneIn);
    const labelled = (catalogue: Catalogue) => () => owners.map((rows) => labelRows(rows, catalogue).length);
    const times = await interleaved(
      { without: labelled(plain), few: labelled(few), third: labelled(third) },
      { rounds: ROUNDS, sampleMs: 150, onRound: (round) => progress(`round ${round} of ${ROUNDS}`) },
    );
    const figure = (name: 'few' | 'third', named: string) =>
      ratio(
        `${RULES} rules of ${WORDS_OF_A_RULE} words, ${named}: time`,
        '× of labelling without',
        ratioOf(times, name, 'without'),
        { atMost: 1.1 },
      );
    const matching = (catalogue: Catalogue) =>
      owners.flatMap((rows) => labelRows(rows, catalogue)).filter(({ reasons }) => reasons.some(isOwn)).length;
    return {
      figures: [figure('few', FEW.named), figure('third', THIRD.named)],
      notes: [
        `${OWNERS} owners of ${ROWS} rows, whose texts are known; ${matching(few)} of the rows are of a rule, or ${matching(third)}.`,
        'A client without rules uses the built-in labeller directly.',
      ],
      charts: [],
    };
  },
};

/** The catalogue with as many rules as are allowed. */
function withRules(base: Catalogue, printed: readonly string[], oneIn: number): Catalogue {
  const rules = Array.from({ length: RULES }, (_, rule) => ({
    ...{ id: `rule-${rule}`, give: ['golf'] },
    when: {
      words: Array.from({ length: WORDS_OF_A_RULE }, (_, word) =>
        wordOf(rule * WORDS_OF_A_RULE + word, printed, oneIn),
      ),
    },
  }));
  const { catalogue, faults } = withOwnWords(base, {
    labels: [{ id: 'golf', title: 'Golf', group: 'leisure' }],
    rules,
  });
  if (faults.length > 0) throw new Error(`the rules do not hold: ${JSON.stringify(faults)}`);
  return catalogue;
}

function wordOf(number: number, printed: readonly string[], oneIn: number): string {
  if (number % oneIn === 0) return printed[number % printed.length]!;
  return `${number.toString(36).padStart(4, 'q')}word${number % 5 === 0 ? '*' : ''}`;
}

function isOwn(reason: string): boolean {
  return reason.startsWith('rule ');
}
