import { f1, precision, recall, Tallies } from '../../evaluation/scores/scores.ts';

test('what is given counts against what is expected, and what is open not at all', () => {
  const tallies = new Tallies();
  tallies.add(['grocery', 'online', 'tax'], ['grocery', 'refund'], ['online']);
  tallies.add(['grocery'], ['grocery']);
  expect(tallies.entries).toEqual([
    ['grocery', { hits: 2, wrong: 0, missed: 0 }],
    ['refund', { hits: 0, wrong: 0, missed: 1 }],
    ['tax', { hits: 0, wrong: 1, missed: 0 }],
  ]);
  expect(tallies.sum).toEqual({ hits: 2, wrong: 1, missed: 1 });
  expect(tallies.macroF1).toBeCloseTo(1 / 3);
});

test('precision, recall and their harmonic mean', () => {
  const tally = { hits: 3, wrong: 1, missed: 2 };
  expect(precision(tally)).toBe(0.75);
  expect(recall(tally)).toBe(0.6);
  expect(f1(tally)).toBeCloseTo(2 / (1 / 0.75 + 1 / 0.6));
});

test('nothing given is not wrong, and nothing expected is not missed', () => {
  const nothing = { hits: 0, wrong: 0, missed: 0 };
  expect([precision(nothing), recall(nothing), f1(nothing)]).toEqual([1, 1, 1]);
});

test('tallies of several measurements add up', () => {
  const sum = new Tallies();
  for (const given of [['rent'], ['tax']]) {
    const one = new Tallies();
    one.add(given, ['rent']);
    sum.addAll(one);
  }
  expect(sum.entries).toEqual([
    ['rent', { hits: 1, wrong: 0, missed: 1 }],
    ['tax', { hits: 0, wrong: 1, missed: 0 }],
  ]);
});
