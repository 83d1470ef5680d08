/** Decimal strings, never through binary fractions. */

const PLACES = 12;
const FORM = /^([+-]?)(\d{1,30})(?:\.(\d{1,12}))?$/;

/** Whether the text is a decimal number such as `-49.99`. */
export function isDecimal(text: string): boolean {
  return FORM.test(text);
}

/** The number as a whole count of 10^-12, for exact sums and comparisons. The text must be a decimal. */
export function exact(text: string): bigint {
  const parts = FORM.exec(text);
  if (!parts) throw new RangeError(`"${text}" is not a decimal number`);
  const value = BigInt(parts[2] + (parts[3] ?? '').padEnd(PLACES, '0'));
  return parts[1] === '-' ? -value : value;
}

/** The opposite number, written with the same digits; zero has no sign. */
export function negated(text: string): string {
  const digits = text.replace(/^[+-]/, '');
  return text.startsWith('-') || exact(text) === 0n ? digits : `-${digits}`;
}

/** The shortest decimal string of a whole count of 10^-12. */
export function decimalOf(count: bigint): string {
  const digits = String(count < 0n ? -count : count).padStart(PLACES + 1, '0');
  const fraction = digits.slice(-PLACES).replace(/0{1,12}$/, '');
  return `${count < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${fraction && `.${fraction}`}`;
}

/** A decimal number of XML, which may lack the digits on one side of its point (`.05`, `5.`); `undefined` for others. */
export function fromXml(text: string): string | undefined {
  const parts = /^([+-]?)(\d{0,30})(?:\.(\d{0,12}))?$/.exec(text);
  if (!parts || !(parts[2] || parts[3])) return undefined;
  return `${parts[1]}${parts[2] || '0'}${parts[3] ? `.${parts[3]}` : ''}`;
}

/** SWIFT's `1234,5` and `800,` as `1234.5` and `800`, also `1.234,50`; `undefined` when it is not an amount. */
export function fromComma(text: string): string | undefined {
  const plain = /^\d{1,3}(?:\.\d{3}){1,4},\d{0,12}$/.test(text) ? text.replaceAll('.', '') : text;
  const parts = /^(\d{1,15})(?:[,.](\d{0,12}))?$/.exec(plain);
  if (!parts) return undefined;
  const whole = parts[1]!.replace(/^0+(?=\d)/, '');
  return parts[2] ? `${whole}.${parts[2]}` : whole;
}
