/** The cost of a client's own rules: labelling the same owners with as many as are allowed, and without any. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withOwnWords } from '../../functions/domain/catalogue/own-words.ts';
import { labelRows } from '../../functions/domain/labels/label-rows.ts';
import { Patterns } from '../../functions/domain/labels/matching/pattern-index.ts';
import { scratch } from '../support/bundle.ts';
import { another } from '../support/catalogue.ts';
import { distinctOwners } from '../support/distinct-owners.ts';
import { type Bench, counted, type Progress, ratio } from '../support/figures.ts';
import { inputOf, pagesOfOwner } from '../support/inputs.ts';
import { ratioOf, type Times } from '../support/measure.ts';

const OWNERS = 100;
/** For each catalogue: how well the engine compiles the code differs from process to process by a tenth. */
const PROCESSES = 3;
/** Until the engine has compiled the code. */
const WARM_UP_OWNERS = 16;
const WARM_UP_ROUNDS = 20;
const KNOWN_OWNERS = 8;
const KNOWN_ROUNDS = 60;
const ROWS = 500;
const RULES = 500;
const WORDS_OF_A_RULE = 40;
/** One in this many words is one that the owners' banks print, so that a rule matches few rows, or many. */
const VARIANTS = { few: 4_000, many: 400 };

type Words = Parameters<typeof withOwnWords>[1];
type Workers = Readonly<Record<'without' | keyof typeof VARIANTS, readonly ChildProcess[]>>;

export const bench: Bench = {
  name: 'own-words',
  title: "Own words: labelling with a client's rules",
  async run(progress) {
    const messages = distinctOwners(OWNERS, ROWS);
    const rows = messages.flatMap(({ accounts }) => accounts.flatMap(({ transactions }) => transactions));
    const printed = [...new Set(rows.flatMap(({ title }) => title.toLowerCase().match(/[a-z]{5,}/g) ?? []))];
    const words = {
      without: { labels: [], rules: [] },
      few: wordsOf(printed, VARIANTS.few),
      many: wordsOf(printed, VARIANTS.many),
    };
    const { fresh, again } = await measure(messages, words, progress);
    const known = messages.slice(-KNOWN_OWNERS);
    const [plain, few, many] = [words.without, words.few, words.many].map((of) => countsOf(of, known)) as [
      Counts,
      Counts,
      Counts,
    ];
    const figure = (name: keyof typeof VARIANTS, when: string, times: Times) =>
      ratio(
        `${RULES} rules of ${WORDS_OF_A_RULE} words, ${name} rows match: time, ${when}`,
        '× of labelling without',
        times === again
          ? { ...ratioOf(times, name, 'without'), median: least(times, name) / least(times, 'without') }
          : ratioOf(times, name, 'without'),
        { atMost: 1.1 },
      );
    return {
      figures: [
        figure('few', 'rows met before', again),
        figure('many', 'rows met before', again),
        figure('few', 'new rows', fresh),
        figure('many', 'new rows', fresh),
        counted(
          'texts searched for own words',
          '× of those searched for built-in words',
          (many.fresh + many.again) / (plain.fresh + plain.again) - 1,
          { atMost: 1 },
        ),
        counted('texts searched for either', 'of a new row', many.fresh),
        counted('texts searched for either, of rows met before', 'of a row', many.again, { atMost: 0.01 }),
      ],
      notes: [
        `${PROCESSES} processes for each catalogue; they label in turns, and the fastest of the ${PROCESSES} counts: ${OWNERS - WARM_UP_OWNERS} new owners of ${ROWS} rows, one by one (the median of their ratios counts), then the last ${KNOWN_OWNERS} ${KNOWN_ROUNDS} times (the least counts).`,
        `Of ${KNOWN_OWNERS * ROWS} rows, ${few.matching} are of a rule where few match, ${many.matching} where many do.`,
        'A client without rules uses the built-in labeller directly.',
      ],
      charts: [],
    };
  },
};

/** In one process, the engine would compile the code for all catalogues together, as it does in no worker of one client. */
async function measure(messages: readonly unknown[], words: Record<keyof Workers, Words>, progress: Progress) {
  const folder = scratch('own-words');
  const stored = (name: string, value: unknown) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(value));
    return file;
  };
  const owners = stored('owners', messages);
  const start = (name: keyof Workers) =>
    Array.from({ length: PROCESSES }, () =>
      fork(join(import.meta.dirname, '../children/own-words.ts'), [owners, stored(name, words[name])]),
    );
  const workers = { without: start('without'), few: start('few'), many: start('many') };
  try {
    const warmUp = Array.from({ length: WARM_UP_OWNERS }, (_, owner) => owner);
    await inTurns(workers, Array(WARM_UP_ROUNDS).fill(warmUp));
    progress('new rows');
    const rest = Array.from({ length: OWNERS - WARM_UP_OWNERS }, (_, owner) => [WARM_UP_OWNERS + owner]);
    const fresh = await inTurns(workers, rest);
    progress('rows met before');
    const again = await inTurns(workers, Array(KNOWN_ROUNDS).fill(rest.slice(-KNOWN_OWNERS).flat()));
    return { fresh, again };
  } finally {
    for (const worker of Object.values(workers).flat()) worker.kill();
  }
}

/** Each round labels these owners in every process, every second one in the other order; the fastest process of a catalogue counts. */
async function inTurns(workers: Workers, rounds: readonly (readonly number[])[]): Promise<Times> {
  const names = Object.keys(workers) as (keyof Workers)[];
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  for (const [round, owners] of rounds.entries()) {
    const ofRound = new Map<string, number>();
    for (let turn = 0; turn < PROCESSES; turn++) {
      for (const name of (round + turn) % 2 === 0 ? names : names.toReversed()) {
        const worker = workers[name][turn]!;
        worker.send(owners);
        const [ms] = (await once(worker, 'message')) as [number];
        ofRound.set(name, Math.min(ms, ofRound.get(name) ?? ms));
      }
    }
    for (const [name, ms] of ofRound) times.get(name)?.push(ms);
  }
  return times;
}

function least(times: Times, name: keyof Workers): number {
  return Math.min(...(times.get(name) ?? []));
}

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
