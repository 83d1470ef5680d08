import { fc, test as property } from '@fast-check/jest';
import {
  dayOf,
  dayOfInstant,
  dayOfMonth,
  firstDayOf,
  formatDay,
  formatMonth,
  lastDayOf,
  monthOf,
  parseDay,
  startOfDay,
  weekday,
} from '../../../../functions/domain/values/day.ts';

const MS = 86_400_000;
const FIRST = -719_528;
/** Every day of the years 0000 to 9999. */
const anyDay = fc.integer({ min: FIRST, max: 2_932_896 });

property.prop([anyDay], { numRuns: 5000 })('agrees with Date on every part of a day', (day) => {
  const date = new Date(day * MS);
  const text = date.toISOString().slice(0, 10);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + 1;
  expect({
    text: formatDay(day),
    parsed: parseDay(text),
    made: dayOf(year, month, date.getUTCDate()),
    month: monthOf(day),
    monthText: formatMonth(monthOf(day)),
    dayOfMonth: dayOfMonth(day),
    weekday: weekday(day),
    start: startOfDay(day),
  }).toEqual({
    text,
    parsed: day,
    made: day,
    month: (year - 1970) * 12 + month - 1,
    monthText: text.slice(0, 7),
    dayOfMonth: date.getUTCDate(),
    weekday: (date.getUTCDay() + 6) % 7,
    start: date.getTime(),
  });
});

property.prop([anyDay], { numRuns: 2000 })('a month begins and ends on its first and last day', (day) => {
  const month = monthOf(day);
  expect(dayOfMonth(firstDayOf(month))).toBe(1);
  expect(monthOf(lastDayOf(month))).toBe(month);
  expect(lastDayOf(month) + 1).toBe(firstDayOf(month + 1));
  expect(firstDayOf(month) <= day && day <= lastDayOf(month)).toBe(true);
});

property.prop([fc.integer({ min: -1e14, max: 1e14 })], { numRuns: 2000 })('an instant lies in its day', (instant) => {
  const day = dayOfInstant(instant);
  expect(startOfDay(day) <= instant && instant < startOfDay(day + 1)).toBe(true);
});

property.prop([fc.oneof(fc.string(), fc.stringMatching(/^\d{4}-\d{2}-\d{2}$/))], { numRuns: 3000 })(
  'parses what formatting gives and nothing else',
  (text) => {
    const day = parseDay(text);
    const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
    const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
    expect(day).toBe(isDay ? date.getTime() / MS : undefined);
  },
);

test.each([
  '',
  '2026-11-31',
  '2026-02-29',
  '1900-02-29',
  '2026-00-01',
  '2026-13-01',
  '2026-01-00',
  '2026-1-01',
  ' 2026-01-01',
  '2026-01-01\n',
  '2026-01-01T00:00:00Z',
  '+02026-01-01',
  '٢٠٢٦-٠١-٠١',
])('no day: %j', (text) => {
  expect(parseDay(text)).toBeUndefined();
});

test('leap days and the years before 100 are days', () => {
  expect(['2000-02-29', '2024-02-29', '0000-01-01', '0099-12-31', '9999-12-31'].map((text) => parseDay(text))).toEqual([
    11_016, 19_782, -719_528, -683_004, 2_932_896,
  ]);
});
