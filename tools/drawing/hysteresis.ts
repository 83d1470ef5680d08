/** A profile of the sample owner over time: its feature, the thresholds to enter and to stay, and the day on which it ends. */

import { readFeature } from '../../functions/domain/features/feature.ts';
import { columnsFor } from '../../functions/domain/profiles/derive.ts';
import { rowsBehind, valueOn } from '../../functions/domain/profiles/explain.ts';
import { profileDays } from '../../functions/domain/profiles/history.ts';
import { has } from '../../functions/domain/profiles/judge.ts';
import { type Day, formatDay } from '../../functions/domain/values/day.ts';
import { type Axis, months, placeOn } from './months-axis.ts';
import { FEATURE, PROFILE, sampleInput, TODAY } from './sample.ts';
import { line, picture, rect, text } from './svg.ts';

const [WIDTH, HEIGHT, TOP, BOTTOM] = [760, 250, 20, 170];
const WINDOW_DAYS = 180;
const DAYS_AFTER = 200;

export function hysteresisPicture(): string {
  const input = sampleInput();
  const definition = input.definitions.find(({ document }) => document.id === PROFILE)!;
  const feature = readFeature(FEATURE, WINDOW_DAYS, input.catalogue);
  if (typeof feature === 'string' || input.dataFrom === null) throw new Error(`no ${FEATURE} in the sample`);
  const axis: Axis = { first: input.dataFrom, last: TODAY + DAYS_AFTER, left: 110, right: WIDTH - 10 };
  const at = placeOn(axis);
  const days = Array.from({ length: axis.last - axis.first + 1 }, (_, index) => axis.first + index);
  const values = days.map((day) => valueOn(feature, columnsFor(input, day), day) ?? 0);
  const height = (BOTTOM - TOP) / (Math.max(...values) + 1);
  const y = (value: number) => Math.round((BOTTOM - value * height) * 10) / 10;
  const steps = days.flatMap((day, index) =>
    index === 0 || values[index] !== values[index - 1] ? [`H${at(day)}V${y(values[index]!)}`] : [],
  );
  const purchases = rowsBehind(feature, columnsFor(input, TODAY), TODAY);
  const { days: bits } = profileDays({ ...input, definitions: [definition] }, axis.first, axis.last)[0]!;
  const applies = days.filter((day) => has(bits, day));
  const [entered, last] = [applies[0] as Day, applies.at(-1) as Day];
  const [enter, stay] = [3, 2];
  const threshold = (value: number, name: string) => [
    line(axis.left, y(value), axis.right, y(value), 'dash'),
    text(axis.left - 6, y(value) + 4, `${name}: ${value}`, 'small end'),
  ];
  return picture(WIDTH, HEIGHT, `${PROFILE} of the sample owner, entered and ended on exact days`, [
    ...months(axis, TOP - 8, BOTTOM),
    ...threshold(enter, 'enter'),
    ...threshold(stay, 'stay'),
    text(0, TOP, `${FEATURE}, 180d`, 'small'),
    `<path d="M${axis.left} ${BOTTOM}${steps.join('')}H${axis.right}" class="line"/>`,
    line(at(TODAY), TOP - 12, at(TODAY), BOTTOM + 50, 'dash'),
    text(at(TODAY) + 4, TOP - 4, `last data ${formatDay(TODAY)}: ${purchases.length} purchases in 180 days`, 'small'),
    text(0, BOTTOM + 38, PROFILE, 'strong'),
    rect(at(entered), BOTTOM + 24, at(last + 1) - at(entered), 20, 'good'),
    text(at(entered), BOTTOM + 60, `entered ${formatDay(entered)}`, 'small'),
    text(at(last + 1), BOTTOM + 60, `ends ${formatDay(last + 1)} without new data`, 'small end'),
  ]);
}
