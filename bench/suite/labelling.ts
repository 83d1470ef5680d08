/**
 * Finding the catalogue's patterns in the texts of bank rows. Every contestant gets the same patterns and the same folding of texts. A
 * pattern matches where its tokens follow one another in a text; the last one may be the beginning of a token (`zool*`).
 */
import { FoldedText, tokensOf } from '../../functions/domain/labels/matching/folding.ts';
import { Patterns } from '../../functions/domain/labels/matching/pattern-index.ts';
import { PatternWriter } from '../../functions/domain/labels/matching/pattern-writer.ts';
import { builtInDocument } from '../support/catalogue.ts';
import { type Bench, counted, type Figure, type Progress, ratio } from '../support/figures.ts';
import { interleaved, ratioOf, type Spread } from '../support/measure.ts';
import { livesOf, rowsOfLife } from '../support/owners.ts';
import { missingPeers, peer } from '../support/peers.ts';

const TEXTS = 4_000;
const CHECKED = 600;
const ROUNDS = 9;
/** As many as one RegExp can still hold. */
const SOME = 5_000;
const SLICE = 200;
const FLEX_SEARCH = 'FlexSearch';

type Finder = { readonly name: string; readonly find: (texts: readonly string[]) => readonly (readonly number[])[] };
/** A pattern between blanks; without the last blank if it may continue. */
type Pattern = { readonly written: string; readonly folded: string };

export const bench: Bench = {
  name: 'labelling',
  title: 'Labelling: finding the patterns of the catalogue',
  async run(progress) {
    const all = patternsOfCatalogue();
    const texts = textsOfLives();
    const step = all.length / SOME;
    const some = Array.from({ length: SOME }, (_, index) => all[Math.floor(index * step)]!);
    const outcomes = [await compare(some, texts, progress), await compare(all, texts, progress)];
    return {
      figures: outcomes.flatMap(({ figures }) => figures),
      notes: [
        ...outcomes.flatMap(({ notes }) => notes),
        `${TEXTS} texts (titles and parties of generated lives), of which ${CHECKED} are checked against a plain search for every pattern.`,
        'All sides get the same folding of the text, and its time counts for each. FlexSearch is used the other way round: the texts are indexed in batches and each pattern is asked for.',
        ...(missingPeers().length > 0 ? [`Left out, because they did not load: ${missingPeers().join(', ')}.`] : []),
      ],
      charts: [
        {
          kind: 'bars',
          file: 'labelling',
          title: 'Finding patterns in texts of bank rows',
          axis: '× our time for a text (logarithmic)',
          logarithmic: true,
          goal: 2,
          bars: outcomes.flatMap(({ bars }) => bars),
        },
      ],
    };
  },
};

async function compare(patterns: readonly Pattern[], texts: readonly string[], progress: Progress) {
  const size = `${patterns.length} patterns`;
  const expression = oneRegExp(patterns);
  const finders = [ours(patterns), expression, ...(await ahoCorasicks(patterns)), await flexSearch(patterns)].filter(
    (finder) => finder !== undefined,
  );
  const figures: Figure[] = [];
  const truth = naive(patterns, texts.slice(0, CHECKED));
  const fine = new Set<string>();
  for (const finder of finders) {
    progress(`${size}, ${finder.name}: recall and precision`);
    const { recall, precision } = scores(truth, finder.find(texts.slice(0, CHECKED)));
    if (recall === 1 && precision === 1) fine.add(finder.name);
    const goal = finder.name === 'ours' ? { atLeast: 1 } : undefined;
    figures.push(
      counted(`${size}, ${finder.name}: recall`, 'share of the true occurrences', recall, goal),
      counted(`${size}, ${finder.name}: precision`, 'share of what is found', precision, goal),
    );
  }
  const times = await interleaved(
    Object.fromEntries(
      finders.map(({ name, find }) => [name, slices(texts, name === FLEX_SEARCH ? TEXTS : SLICE, find)]),
    ),
    { rounds: ROUNDS, sampleMs: 40, onRound: (round) => progress(`${size}: round ${round} of ${ROUNDS}`) },
  );
  const perText = (name: string): Spread => {
    const { median, low, high } = ratioOf(times, name, 'ours');
    const factor = name === FLEX_SEARCH ? SLICE / TEXTS : 1;
    return { median: median * factor, low: low * factor, high: high * factor };
  };
  const inTurn = finders
    .filter(({ name }) => name !== 'ours')
    .map(({ name }) => ({ name, spread: perText(name) }))
    .sort((a, b) => a.spread.median - b.spread.median);
  const best = inTurn.find(({ name }) => fine.has(name));
  for (const { name, spread } of inTurn) {
    const note = fine.has(name) ? undefined : 'finds less, or other things, than there are';
    const goal = name === best?.name ? { atLeast: 2 } : undefined;
    figures.push(ratio(`${size}, ${name}: time`, '× our time for a text', spread, goal, note));
  }
  return {
    figures,
    notes: expression ? [] : [`${size}: one RegExp of all is left out, V8 refuses it as too large.`],
    bars: inTurn.map(({ name, spread }) => ({
      label: `${patterns.length}: ${name}`,
      value: spread.median,
      low: spread.low,
      high: spread.high,
    })),
  };
}

function patternsOfCatalogue(): Pattern[] {
  const { brands, words, gateways } = builtInDocument().rules;
  const written = [
    ...brands.flatMap(({ brand, also = [] }) => [brand, ...also]),
    ...words.flatMap((rule) => rule.words),
    ...gateways.flatMap((rule) => rule.patterns),
  ];
  const found = new Map<string, Pattern>();
  for (const text of written) {
    // Blanks separate the words of a pattern; a star in the middle of one would be another kind of pattern.
    if (text.slice(0, -1).includes('*')) continue;
    const tokens = tokensOf(text);
    if (tokens.length === 0) continue;
    const folded = ` ${tokens.join(' ')}${text.endsWith('*') ? '' : ' '}`;
    found.set(folded, { written: text, folded });
  }
  return [...found.values()];
}

function textsOfLives(): string[] {
  const found = new Set<string>();
  for (const life of livesOf()) {
    for (const { row } of rowsOfLife(life)) found.add(`${row.title} ${row.party ?? ''}`);
  }
  const all = [...found];
  const step = Math.max(1, Math.floor(all.length / TEXTS));
  return Array.from({ length: TEXTS }, (_, index) => all[(index * step) % all.length]!);
}

const plain = (text: string) => ` ${tokensOf(text).join(' ')} `;

function naive(patterns: readonly Pattern[], texts: readonly string[]): number[][] {
  return texts.map((text) => {
    const folded = plain(text);
    return patterns.flatMap((pattern, index) => (folded.includes(pattern.folded) ? index : []));
  });
}

function ours(patterns: readonly Pattern[]): Finder {
  const writer = new PatternWriter();
  for (const [index, { written }] of patterns.entries()) writer.add(written, index);
  const tree = new Patterns(writer.written());
  const folded = new FoldedText();
  const find = (text: string) => {
    tree.find(folded.read(text));
    return tree.values.slice(0, tree.count);
  };
  return { name: 'ours', find: (texts) => texts.map(find) };
}

function oneRegExp(patterns: readonly Pattern[]): Finder | undefined {
  const indices = new Map(patterns.map(({ folded }, index) => [folded.trim(), index]));
  // The longest alternative first; blanks are checked but not consumed, because the next pattern may begin with the same one.
  const alternatives = patterns
    .map(({ folded }) => `${folded.trim()}${folded.endsWith(' ') ? '(?= )' : ''}`)
    .sort((a, b) => b.length - a.length);
  const expression = new RegExp(`(?<= )(?:${alternatives.join('|')})`, 'g');
  try {
    expression.test('');
  } catch {
    return undefined;
  }
  return {
    name: 'one RegExp',
    find: (texts) => texts.map((text) => [...plain(text).matchAll(expression)].map(([found]) => indices.get(found)!)),
  };
}

async function ahoCorasicks(patterns: readonly Pattern[]): Promise<Finder[]> {
  const words = patterns.map(({ folded }) => folded);
  const indices = new Map(words.map((word, index) => [word, index]));
  const found: Finder[] = [];
  type Modern = { default: new (words: string[]) => { search(text: string): readonly { patternIndex: number }[] } };
  const modern = await peer<Modern>('modern-ahocorasick');
  if (modern) {
    const matcher = new modern.default(words);
    found.push({
      name: 'modern-ahocorasick',
      find: (texts) => texts.map((text) => matcher.search(plain(text)).map(({ patternIndex }) => patternIndex)),
    });
  }
  type Monyone = {
    AhoCorasick: new (words: string[]) => { matchInText(text: string): readonly { keyword: string }[] };
  };
  const monyone = await peer<Monyone>('@monyone/aho-corasick');
  if (monyone) {
    const matcher = new monyone.AhoCorasick(words);
    found.push({
      name: '@monyone/aho-corasick',
      find: (texts) =>
        texts.map((text) => matcher.matchInText(plain(text)).map(({ keyword }) => indices.get(keyword)!)),
    });
  }
  type Plain = {
    default: new (words: string[]) => { search(text: string): readonly (readonly [number, readonly string[]])[] };
  };
  const classic = await peer<Plain>('ahocorasick');
  if (classic) {
    const matcher = new classic.default(words);
    found.push({
      name: 'ahocorasick',
      find: (texts) =>
        texts.map((text) =>
          matcher.search(plain(text)).flatMap(([, keywords]) => keywords.map((word) => indices.get(word)!)),
        ),
    });
  }
  return found;
}

async function flexSearch(patterns: readonly Pattern[]): Promise<Finder | undefined> {
  type Index = { add(id: number, text: string): void; search(text: string, options: object): readonly number[] };
  const library = await peer<{ Index: new (options: object) => Index }>('flexsearch');
  if (!library) return undefined;
  const { Index } = library;
  return {
    name: FLEX_SEARCH,
    find(texts) {
      const index = new Index({ tokenize: 'forward', encode: (text: string) => text.split(' ').filter(Boolean) });
      const folded = texts.map(plain);
      for (const [id, text] of folded.entries()) index.add(id, text);
      const found: number[][] = texts.map(() => []);
      for (const [pattern, { folded: words }] of patterns.entries()) {
        // It finds texts with all tokens; whether they are adjacent is checked afterwards.
        for (const id of index.search(words.trim(), { limit: texts.length })) {
          if (folded[id]?.includes(words)) found[id]?.push(pattern);
        }
      }
      return found;
    },
  };
}

function scores(truth: readonly (readonly number[])[], found: readonly (readonly number[])[]) {
  let hits = 0;
  let missed = 0;
  let wrong = 0;
  truth.forEach((expected, text) => {
    const given = new Set(found[text]);
    const right = expected.filter((pattern) => given.has(pattern)).length;
    hits += right;
    missed += expected.length - right;
    wrong += given.size - right;
  });
  return { recall: hits / (hits + missed), precision: hits + wrong === 0 ? 1 : hits / (hits + wrong) };
}

function slices(texts: readonly string[], size: number, find: Finder['find']): () => unknown {
  let from = 0;
  return () => {
    const slice = texts.slice(from, from + size);
    from = (from + size) % TEXTS;
    return find(slice);
  };
}
