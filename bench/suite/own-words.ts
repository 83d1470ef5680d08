/** The cost of a client's own rules: labelling the same owners with as many as are allowed, and without any. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withOwnWords } from '../../functions/domain/catalogue/own-words.ts';
import { labelRows } from '../../functions/domain/labels/label-rows.ts';
import { Patterns } from '../../functions/domain/labels/matching/pattern-index.ts';
import { scratch } from '../support/bundle.ts';
import { another } from '../support/catalogue.ts';
import { child } from '../support/children.ts';
import { distinctOwners } from '../support/distinct-owners.ts';
import { type Bench, counted, ratio } from '../support/figures.ts';
import { inputOf, pagesOfOwner } from '../support/inputs.ts';
import { spreadOf } from '../support/measure.ts';

const OWNERS = 24;
const COUNTED_OWNERS = 8;
const ROWS = 500;
const ROUNDS = 7;
const RULES = 500;
const WORDS_OF_A_RULE = 40;
/** One in this many words is one that the owners' banks print, so that a rule matches few rows, or a third. */
const FEW = { named: 'few rows match', oneIn: 4_000 };
const THIRD = { named: 'a third of the rows match', oneIn: 400 };
const NO_WORDS = { labels: [], rules: [] };

type Words = Parameters<typeof withOwnWords>[1];
type Taken = Readonly<Record<'fresh' | 'again', number>>;

export const bench: Bench = {
  name: 'own-words',
  title: "Own words: labelling with a client's rules",
  async run(progress) {
    const messages = distinctOwners(OWNERS, ROWS);
    const titles = messages.flatMap(({ accounts }) => accounts.flatMap(({ transactions }) => transactions));
    const printed = [...new Set(titles.flatMap(({ title }) => title.toLowerCase().match(/[a-z]{5,}/g) ?? []))];
    const variants = [NO_WORDS, wordsOf(printed, FEW.oneIn), wordsOf(printed, THIRD.oneIn)];
    const folder = scratch('own-words');
    const owners = join(folder, 'owners.json');
    writeFileSync(owners, JSON.stringify(messages));
    const files = variants.map((words, index) => {
      const file = join(folder, `words-${index}.json`);
      writeFileSync(file, JSON.stringify(words));
      return file;
    });
    // A process for each: in one, the code would be compiled for all of them, and none would run as it does in a worker.
    const script = join(import.meta.dirname, '../children/own-words.ts');
    const rounds: Taken[][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const taken: Taken[] = [];
      for (const file of files) taken.push(JSON.parse((await child([script, owners, file])).printed) as Taken);
      rounds.push(taken);
      progress(`round ${round + 1} of ${ROUNDS}`);
    }
    const against = (variant: number, when: keyof Taken) =>
      spreadOf(rounds.map((taken) => taken[variant]![when] / taken[0]![when]));
    const counts = variants.map((words) => countsOf(words, messages.slice(0, COUNTED_OWNERS)));
    const [plain, few, third] = counts as [Counts, Counts, Counts];
    const figures = [FEW, THIRD].flatMap(({ named }, index) => {
      const name = `${RULES} rules of ${WORDS_OF_A_RULE} words, ${named}`;
      const unit = '× of labelling without';
      return [
        ratio(`${name}: time, rows met before`, unit, against(index + 1, 'again'), { atMost: 1.1 }),
        ratio(`${name}: time, new rows`, unit, against(index + 1, 'fresh'), { atMost: 1.1 }),
      ];
    });
    return {
      figures: [
        ...figures,
        counted('texts searched for own words, of rows met before', 'of a row', third.again - plain.again, {
          atMost: 0,
        }),
        counted('texts searched for own words, of new rows', 'of a row', third.fresh - plain.fresh),
        counted('texts searched for built-in words, of the same rows', 'of a row', plain.fresh),
      ],
      notes: [
        `${OWNERS} owners of ${ROWS} rows, the last third measured; a process for each round and catalogue.`,
        `Of ${COUNTED_OWNERS * ROWS} rows, ${few.matching} are of a rule, or ${third.matching}.`,
        'A client without rules uses the built-in labeller directly.',
      ],
      charts: [],
    };
  },
};

type Counts = Readonly<Record<'fresh' | 'again' | 'matching', number>>;

/** How many texts of a row are searched for patterns, in new rows and in the same again, and how many rows are of an own rule. */
function countsOf(words: Words, messages: readonly unknown[]): Counts {
  const { catalogue } = withOwnWords(another(), words);
  const owners = messages.map((message) => inputOf(pagesOfOwner(message), catalogue).rows);
  const { find } = Patterns.prototype;
  let searches = 0;
  let matching = 0;
  const searchesIn = () => {
    searches = 0;
    const labelled = owners.flatMap((rows) => labelRows(rows, catalogue));
    matching = labelled.filter(({ reasons }) => reasons.some((reason) => reason.startsWith('rule '))).length;
    return searches / labelled.length;
  };
  Patterns.prototype.find = function counting(text) {
    searches++;
    find.call(this, text);
  };
  const [fresh, again] = [searchesIn(), searchesIn()];
  Patterns.prototype.find = find;
  return { fresh, again, matching };
}

/** As many rules as are allowed. */
function wordsOf(printed: readonly string[], oneIn: number): Words {
  const rules = Array.from({ length: RULES }, (_, rule) => ({
    ...{ id: `rule-${rule}`, give: ['golf'] },
    when: {
      words: Array.from({ length: WORDS_OF_A_RULE }, (_, word) =>
        wordOf(rule * WORDS_OF_A_RULE + word, printed, oneIn),
      ),
    },
  }));
  return { labels: [{ id: 'golf', title: 'Golf', group: 'leisure' }], rules };
}

function wordOf(number: number, printed: readonly string[], oneIn: number): string {
  if (number % oneIn === 0) return printed[number % printed.length]!;
  return `${number.toString(36).padStart(4, 'q')}word${number % 5 === 0 ? '*' : ''}`;
}
