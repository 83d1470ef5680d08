/** One transaction of the sample owner on its way: import, day, label, feature, profile. */

import { columnsFor } from '../../functions/domain/profiles/derive.ts';
import { explain } from '../../functions/domain/profiles/explain.ts';
import { FEATURE, PROFILE, sampleImports, sampleInput, TODAY } from './sample.ts';
import { arrow, picture, rect, text } from './svg.ts';

const [WIDTH, HEIGHT, BOX, GAP] = [900, 150, 160, 20];

export function derivationPicture(): string {
  const input = sampleInput();
  const definition = input.definitions.find(({ document }) => document.id === PROFILE)!;
  const [explanation] = explain([definition], columnsFor(input, TODAY), input.catalogue, TODAY, 50);
  const condition = explanation!.conditions.find(({ part, feature }) => part === 'stay' && feature === FEATURE)!;
  const byRule = (name: string) => FEATURE.includes(name);
  // Its publisher labelled some rows itself; the picture shows one that the catalogue labels.
  const row = condition.transactions.find(({ labels, reasons }) =>
    labels.some((name) => byRule(name) && reasons[name] !== 'publisher'),
  )!;
  const label = row.labels.find(byRule)!;
  const { stamp, accounts } = sampleImports().at(-1)!;
  const boxes: readonly (readonly [string, ...string[]])[] = [
    ['import', `${stamp.source}, whole days`, `${accounts[0]!.rows.size} days with rows`, 'of one account'],
    ['day', row.bookedOn, short(row.title), `${row.currencyAmount} ${row.currencyName}`],
    ['label', label, short(row.reasons[label] ?? ''), 'by word, brand or code'],
    ['feature', FEATURE, `in ${condition.window}: ${condition.value}`, 'months with a purchase'],
    [
      'profile',
      PROFILE,
      `${condition.value} ≥ ${condition.threshold}, and so on`,
      explanation!.applies ? 'applies' : 'no',
    ],
  ];
  return picture(WIDTH, HEIGHT, 'How a transaction becomes evidence of a profile', [
    ...boxes.flatMap(([name, ...says], index) => {
      const x = index * (BOX + GAP);
      return [
        rect(x + 1, 8, BOX - 2, 96, 'box', 6),
        text(x + BOX / 2, 30, name, 'strong middle'),
        ...says.map((content, at) => text(x + BOX / 2, 52 + at * 19, content, at === 0 ? 'middle' : 'small middle')),
        ...(index > 0 ? [arrow(x - GAP + 2, x - 2, 56)] : []),
      ];
    }),
    text(BOX / 2, 128, 'stored', 'small middle'),
    text(BOX + GAP + BOX / 2, 128, 'one import speaks', 'small middle'),
    text(
      2 * (BOX + GAP) + 1.5 * BOX + GAP,
      128,
      'pure: computed again whenever asked, never stored as truth',
      'small middle',
    ),
  ]);
}

const short = (words: string) => (words.length > 21 ? `${words.slice(0, 20)}…` : words);
