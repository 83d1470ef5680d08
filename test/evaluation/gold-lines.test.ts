/** Laws of all gold lines, open and sealed. A failure names no sealed line. */
import { compileDocument } from '../../catalogue/build/compile.ts';
import { NORDIC } from '../../evaluation/lives/vocabulary.ts';
import { GOLD_FILES, type GoldLine, goldLines } from '../../evaluation/scores/gold.ts';
import { parseAmount } from '../../functions/domain/values/money.ts';

const open = Object.values(GOLD_FILES.open).flatMap(goldLines);
const sealed = Object.values(GOLD_FILES.sealed).flatMap(goldLines);
const keyOf = ({ title, party }: GoldLine) => `${title}\u0000${party ?? ''}`;

test('no line is both open and sealed', () => {
  const seen = new Set(open.map(keyOf));
  expect(sealed.filter((line) => seen.has(keyOf(line))).length).toBe(0);
});

test('every label is one of the catalogue’s, and none is both required and merely defended', () => {
  const known = new Set(compileDocument().labels.map(({ id }) => id));
  const faults = [...open, ...sealed].filter(
    ({ labels, also }) =>
      [...labels, ...also].some((label) => !known.has(label)) || labels.some((label) => also.includes(label)),
  );
  expect(faults.length).toBe(0);
});

test('every amount is one of its currency, and not zero', () => {
  const amounts = [...open, ...sealed].map((line) => parseAmount(line.currencyAmount, line.currencyName));
  expect(amounts.filter((amount) => typeof amount === 'string' || amount === 0).length).toBe(0);
});

test('the lines in the shapes of feeds are of 22 countries, a third of them sealed in each, of the Nordic ones a half', () => {
  const count = (lines: readonly GoldLine[]) => Map.groupBy(lines, ({ country }) => country);
  const [inTheOpen, behind] = [count(goldLines('open-feeds.jsonl')), count(goldLines('sealed-feeds.jsonl'))];
  expect([inTheOpen.size, behind.size]).toEqual([22, 22]);
  for (const [country, lines] of inTheOpen) {
    const share = (behind.get(country)?.length ?? 0) / (lines.length + (behind.get(country)?.length ?? 0));
    const expected = NORDIC.some((one) => one === country) ? 1 / 2 : 1 / 3;
    expect([country, Math.abs(share - expected) < 0.02]).toEqual([country, true]);
  }
});
