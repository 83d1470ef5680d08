/** Why goals are missed where they are: what was found by profiling, for whoever takes it up again. */

const DERIVATION =
  'Reading texts that were never met is the largest part: folding, looking tokens up among 28,000, walking patterns. Rows of 166 bytes hold little else, and ' +
  'little to parse; rows as full as banks send them, with ids and IBANs, cost more to parse and hardly more to derive from.';

/** The first whose name is in that of a figure says why. */
const REASONS: readonly (readonly [name: string, why: string])[] = [
  [
    'the whole import in memory',
    'Encoding the pages takes more than three times JSON.parse, over half of it in zlib, and checking every field with a path for every fault more than once. ' +
      "Lower levels save a tenth of zlib's time or a little more, and by list prices cost more in stored bytes and units than that; zstd and a binary form were tried " +
      'and gained nothing in all.',
  ],
  [
    '100 rows: label',
    'An owner has a price of its own, by these times of 100 and 1,000 rows some 0.15 ms: 35 definitions are judged on 486 days however few the rows are.',
  ],
  ['label + fold + classify + date', DERIVATION],
  [
    'first event',
    'The catalogue takes two fifths of it: reading an index of 2 MB and parsing the rules. The rest is code that runs for the first time, before it is compiled.',
  ],
  [
    '50 definitions',
    'Most of our answer goes into columns, sums and ranks that every further definition uses again: the more definitions, the further the others fall behind, as those of 500 show.',
  ],
  [
    '100 owners in one batch',
    'A frame of all owners is worked through column by column by native code. A worker has one owner at a time, and then the frame has nothing to gain.',
  ],
  [
    'import-worker: until the first answer',
    'The worker loads the catalogue and runs the whole import once, which a bare read does not.',
  ],
  [
    'CPU',
    'The counts beside it do not move; the processor time of ten rounds does, with the neighbours on the machine.',
  ],
];

export function reasonFor(figure: string): string {
  return REASONS.find(([name]) => figure.includes(name))?.[1] ?? 'Not looked into yet.';
}
