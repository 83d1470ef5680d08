import { evidenceOf, weakWordsOf } from '../../evaluation/scores/evidence.ts';
import type { LabelRules } from '../../functions/domain/labels/rules.ts';

const weak = weakWordsOf({
  rules: {
    words: [
      { words: ['coffee'], out: ['cafe'] },
      { words: ['pay', 'coffee'], weak: true, in: ['compensation'] },
    ],
  } as unknown as LabelRules,
});

test.each([
  ['publisher', 'publisher'],
  ['code 5411', 'merchant code'],
  ['bank code PMNT/RCDT/SALA', 'bank code'],
  ['brand Lidl', 'brand'],
  ['brand Lidl, money back', 'money back from a shop'],
  ['code 5411, money back', 'money back from a shop'],
  ['word "pay"', 'weak word'],
  ['word "coffee"', 'word'],
  ['gateway PayPal', 'gateway'],
  ['paid abroad or in a foreign currency', 'place or currency'],
  ['matching transfer on own account', 'own account'],
  ['same employer in 5 of 6 months', 'stream'],
])('the reason %j is evidence of the kind %j', (reason, kind) => {
  expect(evidenceOf(reason, weak)).toBe(kind);
});
