/**
 * Amounts as whole minor units of their currency (cents, grosze, fils): never binary fractions.
 *
 * The number of decimals of a currency is that of ISO 4217 (list of 2024-06-25). A currency that the list does not hold is
 * kept with three decimals, the most that any common currency has, so that nothing printed by a bank is lost.
 */
const DECIMALS_OTHER_THAN_TWO: Readonly<Record<string, number>> = {
  ...of(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...of(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...of(4, 'CLF UYW'),
};

const TWO_DECIMALS = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP ' +
    'CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS ' +
    'KHR KPW KYD KZT LAK LBP LKR LRD LSL LTL LVL EEK MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK ' +
    'NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SKK SLE SOS SRD SSP STN SVC SYP SZL THB TJS ' +
    'TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG DEM ATS ESP PTE'
  ).split(' '),
);

const DECIMALS_OF_UNKNOWN = 3;
/** The greatest amount that is taken, in major units: above it a row is a fault of the publisher, not a payment. */
export const GREATEST_AMOUNT = 1e12;

export type AmountFault = 'form' | 'precision' | 'range';

/** Whether ISO 4217 lists a currency, or listed it before the euro. */
export function isKnownCurrency(currency: string): boolean {
  return TWO_DECIMALS.has(currency) || Object.hasOwn(DECIMALS_OTHER_THAN_TWO, currency);
}

/** Decimals that amounts of this currency have. */
export function decimalsOf(currency: string): number {
  return DECIMALS_OTHER_THAN_TWO[currency] ?? (TWO_DECIMALS.has(currency) ? 2 : DECIMALS_OF_UNKNOWN);
}

/**
 * Minor units of an amount given as a decimal string (`-49.99`) or a JSON number; a number is taken by its shortest decimal
 * form, so `0.1 + 0.2` is too precise for any currency. Zeros beyond the currency's decimals are fine (`5.000` EUR).
 */
export function parseAmount(amount: string | number, currency: string): number | AmountFault {
  if (typeof amount === 'number' && !Number.isFinite(amount)) return 'form';
  const text = String(amount);
  // String() writes numbers below 1e-6 and from 1e21 on with an exponent: too precise for any currency, or beyond the range.
  if (typeof amount === 'number' && text.includes('e')) return Math.abs(amount) < 1 ? 'precision' : 'range';
  const sign = text.charCodeAt(0);
  const from = sign === MINUS || sign === PLUS ? 1 : 0;
  const point = endOfDigits(text, from);
  const fraction = text.charCodeAt(point) === POINT ? point + 1 : point;
  const end = fraction > point ? endOfDigits(text, fraction) : point;
  if (point === from || end < text.length || (fraction > point && end === fraction)) return 'form';
  if (point - from > MOST_DIGITS || end - fraction > MOST_DIGITS) return 'range';
  let last = end;
  while (last > fraction && text.charCodeAt(last - 1) === ZERO) last--;
  const decimals = decimalsOf(currency);
  if (last - fraction > decimals) return 'precision';
  const whole = digitsAfter(0, text, from, point);
  const minor = digitsAfter(whole, text, fraction, last) * 10 ** (decimals - (last - fraction));
  if (minor > GREATEST_AMOUNT * 10 ** decimals || minor > Number.MAX_SAFE_INTEGER) return 'range';
  return sign === MINUS && minor !== 0 ? -minor : minor;
}

const [ZERO, NINE, POINT, PLUS, MINUS] = [0x30, 0x39, 0x2e, 0x2b, 0x2d];
const MOST_DIGITS = 40;

function endOfDigits(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= NINE) at++;
  return at;
}

/** The number that further digits make of one; beyond 2 ** 53 it is no more exact, and stays beyond. */
function digitsAfter(number: number, text: string, from: number, to: number): number {
  let result = number;
  for (let at = from; at < to; at++) result = result * 10 + (text.charCodeAt(at) - ZERO);
  return result;
}

/** The decimal string of minor units, with all decimals of the currency: `-49.99`, `12` for JPY. */
export function formatAmount(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals);
  return (minor < 0 ? '-' : '') + (decimals === 0 ? whole : `${whole}.${fraction}`);
}

function of(decimals: number, currencies: string): Record<string, number> {
  return Object.fromEntries(currencies.split(' ').map((currency) => [currency, decimals]));
}
