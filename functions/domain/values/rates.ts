/**
 * Reference rates: how many units of a currency one euro buys, month by month.
 *
 * Amounts are compared in whole EUR cents. Each row is converted by itself, by the rate of the month it was booked in, and rounded half away
 * from zero, so that sums are sums of whole numbers and do not depend on the order of rows.
 */
import { type Month, monthOf, parseDay } from './day.ts';
import { decimalsOf, parseAmount } from './money.ts';

export type RatesDocument = {
  /** Last day of the rates that follow the market. */
  readonly asOf: string;
  readonly source: string;
  /** Currency → first month (`YYYY-MM`) → units per euro of that month and those after it, parted by blanks. */
  readonly perEuro: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** One minor unit of a currency is `numerator / denominator` EUR cents: whole numbers below 2 ** 53. */
export type Rate = {
  readonly numerator: number;
  readonly denominator: number;
  /** The nearest number to their quotient. */
  readonly factor: number;
};

export type Rates = {
  readonly asOf: string;
  readonly source: string;
  /** All currencies that have a rate. */
  readonly currencies: readonly string[];
  /** The rate of a month: of a later one the last that is known, of an earlier one the first. Undefined: the currency has none. */
  rateIn(month: Month, currency: string): Rate | undefined;
};

type Course = { readonly first: Month; readonly rates: readonly Rate[] };

/** The rates of a currency are parsed when it is first asked for. */
export function openRates({ asOf, source, perEuro }: RatesDocument): Rates {
  const courses = new Map<string, Course>([['EUR', { first: 0, rates: [rateOf('1', 'EUR')] }]]);
  return {
    asOf,
    source,
    currencies: ['EUR', ...Object.keys(perEuro)],
    rateIn(month, currency) {
      let course = courses.get(currency);
      if (!course) {
        if (!Object.hasOwn(perEuro, currency)) return undefined;
        course = courseOf(perEuro[currency] ?? {}, currency);
        courses.set(currency, course);
      }
      const { first, rates } = course;
      return rates[Math.min(Math.max(month - first, 0), rates.length - 1)];
    },
  };
}

function courseOf(runs: Readonly<Record<string, string>>, currency: string): Course {
  const rates: Rate[] = [];
  const inOrder = Object.entries(runs)
    .map(([month, texts]) => ({ begin: monthOf(parseDay(`${month}-01`) as number), texts: texts.split(' ') }))
    .sort((a, b) => a.begin - b.begin);
  const first = inOrder[0]?.begin ?? 0;
  for (const { begin, texts } of inOrder) {
    while (rates.length < begin - first) rates.push(rates.at(-1)!);
    for (const text of texts) rates.push(rateOf(text, currency));
  }
  return { first, rates };
}

function rateOf(perEuro: string, currency: string): Rate {
  const decimals = perEuro.includes('.') ? perEuro.length - perEuro.indexOf('.') - 1 : 0;
  const numerator = 100 * 10 ** decimals;
  const denominator = Number(perEuro.replace('.', '')) * 10 ** decimalsOf(currency);
  return { numerator, denominator, factor: numerator / denominator };
}

/** Two roundings, of the factor and of the product, are off by this share together at most; doubled. */
const OFF_BY = 4 * 2 ** -53;

/** EUR cents of an amount in minor units, rounded half away from zero: exact, although a floating-point product mostly suffices. */
export function toCents(minor: number, rate: Rate): number {
  const size = Math.abs(minor);
  const product = size * rate.factor;
  const fromHalf = Math.abs(product - Math.floor(product) - 0.5);
  const cents = fromHalf > product * OFF_BY ? Math.round(product) : roundedQuotient(size, rate);
  return minor < 0 && cents !== 0 ? -cents : cents;
}

function roundedQuotient(size: number, { numerator, denominator }: Rate): number {
  const [dividend, divisor] = [BigInt(size) * BigInt(numerator), BigInt(denominator)];
  return Number((2n * dividend + divisor) / (2n * divisor));
}

/** EUR cents of an amount as a definition writes it, by the last rate that is known, or what is wrong with it. */
export function centsOf(amount: string, currency: string, rates: Rates): number | string {
  const minor = parseAmount(amount, currency);
  if (typeof minor === 'string') return `must be an amount of ${currency}, and is "${amount}"`;
  const rate = rates.rateIn(Number.POSITIVE_INFINITY, currency);
  return rate ? toCents(minor, rate) : `must be in a currency that the catalogue has a rate of, and is in ${currency}`;
}
