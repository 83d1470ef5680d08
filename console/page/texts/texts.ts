/** Texts, numbers, days and money in the language of the person. */
import { language } from '../state/settings.ts';
import { TEXTS, type TextKey } from './table.ts';

export type { TextKey } from './table.ts';

const PLURALS = { en: ['one', 'other'], pl: ['one', 'few', 'many'] } as const;
const LOCALES = { en: 'en-GB', pl: 'pl-PL' } as const;
const locale = () => LOCALES[language.value];

/** Formats by language and options: one takes longer to make than a hundred numbers to write. */
const kept = { numbers: new Map<string, Intl.NumberFormat>(), days: new Map<string, Intl.DateTimeFormat>() };

function keptIn<Format>(formats: Map<string, Format>, options: object, make: () => Format): Format {
  const key = locale() + JSON.stringify(options);
  const found = formats.get(key) ?? make();
  formats.set(key, found);
  return found;
}

const numbers = (options: Intl.NumberFormatOptions = {}) =>
  keptIn(kept.numbers, options, () => new Intl.NumberFormat(locale(), options));

const days = (options: Intl.DateTimeFormatOptions) =>
  keptIn(kept.days, options, () => new Intl.DateTimeFormat(locale(), options));

/** A text of the table. `{name}` is replaced by a value; of forms between bars the one is chosen that fits the value `n`. */
export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  const [en, pl] = TEXTS[key];
  const text = language.value === 'pl' ? pl : en;
  const forms = text.split('|');
  const { n } = values;
  const chosen =
    forms.length > 1 && typeof n === 'number'
      ? forms[Math.max(0, (PLURALS[language.value] as readonly string[]).indexOf(categoryOf(n)))]
      : text;
  return (chosen ?? text).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? number(value) : String(value ?? '');
  });
}

const categoryOf = (n: number): string => {
  const category = new Intl.PluralRules(locale()).select(n);
  return language.value === 'pl' && category === 'other' ? 'many' : category;
};

export const number = (value: number): string => numbers().format(value);

export const percent = (share: number): string => numbers({ style: 'percent', maximumFractionDigits: 1 }).format(share);

/** With its sign: +3, −2. */
export const difference = (value: number): string => numbers({ signDisplay: 'exceptZero' }).format(value);

export const day = (iso: string, style: 'medium' | 'short' = 'medium'): string =>
  days(
    style === 'medium' ? { dateStyle: 'medium', timeZone: 'UTC' } : { day: 'numeric', month: 'short', timeZone: 'UTC' },
  ).format(new Date(`${iso}T00:00:00Z`));

/** The name of the day's month; in January the year. */
export const month = (iso: string): string =>
  days({ ...(iso.slice(5, 7) === '01' ? { year: 'numeric' } : { month: 'short' }), timeZone: 'UTC' }).format(
    new Date(iso),
  );

/** In the person's time zone, which their clock shows. */
export const instant = (iso: string): string => days({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));

/** A decimal as text stays exact; an unknown currency is written after it. */
export function money(amount: string, currency: string): string {
  const options = /^[A-Z]{3}$/.test(currency)
    ? ({ style: 'currency', currency, currencyDisplay: 'code' } as const)
    : ({ minimumFractionDigits: 2 } as const);
  const shown = numbers(options).format(amount as Intl.StringNumericLiteral);
  return 'currency' in options ? shown : `${shown} ${currency}`;
}

export const bytes = (count: number): string =>
  numbers({
    style: 'unit',
    unit: count < 1_000_000 ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: 1,
  }).format(count / (count < 1_000_000 ? 1_000 : 1_000_000));
