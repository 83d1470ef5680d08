/** Guards: a change of words, brands or thresholds must not make the open data come out worse than this. */
import { compileDocument } from '../../catalogue/build/compile.ts';
import { type GoldResult, goldLines, measureGold } from '../../evaluation/scores/gold.ts';
import { type LivesResult, measureLives, ownersOf } from '../../evaluation/scores/lives.ts';
import { precision, share } from '../../evaluation/scores/scores.ts';
import { compileCatalogue } from '../../functions/domain/catalogue/catalogue.ts';

/** Owners that are judged: enough for every profile, few enough for a test. */
const OWNERS = 60;

const catalogue = compileCatalogue(compileDocument());

describe('open gold lines', () => {
  let result: GoldResult;
  beforeAll(() => {
    result = measureGold(catalogue, goldLines('open.jsonl'));
  });
  const perfect = (merchant: string) => {
    const group = result.groups.merchant.get(merchant);
    return share(group?.perfect ?? 0, group?.lines ?? 0);
  };

  test('few have a wrong label', () => {
    expect(share(result.all.wrong, result.all.lines)).toBeLessThanOrEqual(0.03);
  });

  test('those of listed merchants come out right', () => {
    expect(perfect('listed')).toBeGreaterThanOrEqual(0.92);
  });

  test('most of those of unlisted merchants come out right', () => {
    expect(perfect('unlisted')).toBeGreaterThanOrEqual(0.85);
  });
});

describe('open owners', () => {
  let result: LivesResult;
  beforeAll(() => {
    result = measureLives(ownersOf(catalogue, 1, 'open', OWNERS), false);
  });

  test('have their profiles', () => {
    expect(result.profiles.macroF1).toBeGreaterThanOrEqual(0.95);
  });

  test('have hardly any other', () => {
    expect(precision(result.profiles.sum)).toBeGreaterThanOrEqual(0.97);
  });
});
