/**
 * One account has one identity, however a file writes it (contract, section 6): its IBAN, without what banks put around
 * it; a national number as the IBAN that follows from it; any other number as it is printed.
 */
import { composeIBAN, isValidBBAN } from 'ibantools';
import { hasIbanForm, hasRightCheckDigits, normaliseIban } from '../domain/ledger/iban.ts';
import type { AccountName } from './statement.ts';

/** Digits of a Polish account number without its country (NRB: 2 check digits, 8 of the bank, 16 of the account). */
const NRB = /^\d{26}$/;

/**
 * The IBAN in a text, or `undefined` when it is something else. A Polish number printed without `PL` is an IBAN too,
 * but only right check digits tell it from any other 26 digits.
 */
export function ibanIn(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const iban = normaliseIban(text);
  if (hasIbanForm(iban)) return iban;
  return NRB.test(iban) && hasRightCheckDigits(`PL${iban}`) ? `PL${iban}` : undefined;
}

/**
 * How a message names an account. Around an IBAN or a national number there may be a BIC, a currency, `/0` and blanks.
 *
 * @param currencyName of the account: it may be printed behind the number, and it tells the countries of some apart
 */
export function accountNamed(text: string, currencyName = ''): AccountName {
  const printed = text.trim();
  const whole =
    ibanIn(printed) ??
    ibanAmong(printed.split('/'), currencyName) ??
    ibanAmong(printed.split(/[\s/,;|]/), currencyName);
  const iban = whole ?? nationalIban(withoutSuffix(printed, currencyName), currencyName);
  return iban === undefined ? { accountId: printed } : { iban };
}

/**
 * The other party's account where a file has it in a place of its own: the IBAN, else the number as printed.
 *
 * @param bank its national code (BLZ), where the file has it beside the number
 */
export function partyAccountIn(text: string | undefined, bank = ''): string | undefined {
  const printed = text?.trim() ?? '';
  const iban = ibanIn(printed) ?? (bank === '' ? undefined : nationalIban(`${bank.trim()}/${printed}`, ''));
  if (iban !== undefined) return iban;
  const number = normaliseIban(printed);
  return /^(?=(?:[A-Z]{0,4}\d){6})[A-Z0-9]{6,34}$/.test(number) ? number : undefined;
}

/** What banks put beside an IBAN: a BIC, a currency, zeros. With anything else beside it the number is another. */
const BESIDE = /^(?:[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?|[A-Z]{3}|0{1,3}|)$/;

/** `BIC/IBAN/EUR`, `BIC IBAN`; an IBAN in groups of four stands between slashes. */
function ibanAmong(parts: readonly string[], currencyName: string): string | undefined {
  const ibans = parts.map((part) => ibanIn(withoutCurrency(part, currencyName)));
  const found = ibans.find((iban) => iban !== undefined);
  return parts.every((part, index) => ibans[index] !== undefined || BESIDE.test(part.trim())) ? found : undefined;
}

function withoutCurrency(text: string, currencyName: string): string {
  const number = normaliseIban(text);
  const ending = number.slice(-3);
  // Without the currency at hand, three letters behind the digits of a number that is too long are one.
  const isCurrency = currencyName !== '' ? ending === currencyName : /^[A-Z]{3}$/.test(ending);
  return isCurrency && !hasIbanForm(number) ? number.slice(0, -3) : number;
}

function withoutSuffix(text: string, currencyName: string): string {
  let number = text.replace(/^\//, '');
  if (currencyName !== '' && number.endsWith(currencyName)) number = number.slice(0, -currencyName.length);
  number = number.trimEnd().replace(/\/$/, '');
  return /\/.*\/0{1,3}$/.test(number) ? number.slice(0, number.lastIndexOf('/')) : number;
}

type National = {
  readonly country: string;
  /** Of the number as printed; its groups are what `bban` puts together. */
  readonly form: RegExp;
  /** Currencies in which the form alone, without separators, is enough to know the country. */
  readonly currencies?: readonly string[];
  readonly bban: (groups: readonly string[]) => string;
};

const together = (groups: readonly string[]) => groups.join('');
const pad = (text: string | undefined, length: number) => (text ?? '').padStart(length, '0');

/** Codes of banks in Czechia (ČNB) and Slovakia (NBS); the two countries write their numbers alike. */
const CZECH_BANKS = new Set(
  (
    '0100 0300 0600 0710 0800 2010 2020 2060 2070 2100 2200 2220 2250 2260 2275 2600 2700 3030 3050 3060 3500 4000 4300 5500 5800 ' +
    '6000 6100 6200 6210 6300 6363 6700 6800 7910 7950 7960 7970 7990 8030 8040 8060 8090 8150 8190 8198 8199 8200 8220 8230 8240 ' +
    '8250 8255 8265 8270 8280 8291 8293 8299'
  ).split(' '),
);
const SLOVAK_BANKS = new Set(
  (
    '0200 0720 0900 1100 1111 3000 3100 5200 5600 5900 6500 7300 7500 7930 8020 8050 8100 8120 8130 8160 8170 8180 8191 8320 8330 ' +
    '8340 8350 8360 8370 8390 8400 8410 8420 8430 9950 9951 9952'
  ).split(' '),
);

/** `19-2000145399/0800`: prefix, number, bank. */
const CZECH_FORM = /^(?:(\d{1,6})-)?(\d{2,10})\/(\d{4})$/;
const ofCzechForm = ([prefix, number, bank]: readonly string[]) => `${bank}${pad(prefix, 6)}${pad(number, 10)}`;

/** Numbers from which the IBAN follows by rule (SWIFT IBAN registry), those with separators first. */
const NATIONAL: readonly National[] = [
  { country: 'CZ', form: CZECH_FORM, bban: ofCzechForm },
  { country: 'SK', form: CZECH_FORM, bban: ofCzechForm },
  // BLZ/Konto. Of a few banks the IBAN follows by rules of their own; theirs differ from what is printed on cards anyway.
  { country: 'DE', form: /^([1-9]\d{7})\/(\d{1,10})$/, bban: ([bank, number]) => `${bank}${pad(number, 10)}` },
  { country: 'AT', form: /^([1-9]\d{4})\/(\d{4,11})$/, bban: ([bank, number]) => `${bank}${pad(number, 11)}` },
  { country: 'ES', form: /^(\d{4})[-\s/](\d{4})[-\s/](\d{2})[-\s/](\d{10})$/, bban: together },
  { country: 'ES', form: /^(\d{20})$/, currencies: ['EUR'], bban: together },
  { country: 'HU', form: /^(\d{8})-(\d{8})(?:-(\d{8}))?$/, bban: ([a, b, c]) => `${a}${b}${c ?? '00000000'}` },
  { country: 'HU', form: /^(\d{24})$/, currencies: ['HUF'], bban: together },
  { country: 'FR', form: /^(\d{5})\s?(\d{5})\s?([A-Z0-9]{11})\s?(\d{2})$/, currencies: ['EUR'], bban: together },
  { country: 'IT', form: /^([A-Z])\s?(\d{5})\s?(\d{5})\s?([A-Z0-9]{12})$/, bban: together },
  { country: 'PT', form: /^(\d{4})[.\s-]?(\d{4})[.\s-]?(\d{11})[.\s-]?(\d{2})$/, currencies: ['EUR'], bban: together },
  { country: 'BE', form: /^(\d{3})-(\d{7})-(\d{2})$/, bban: together },
  { country: 'NO', form: /^(\d{4})\.(\d{2})\.(\d{5})$/, bban: together },
  { country: 'HR', form: /^(\d{7})-(\d{10})$/, bban: together },
  { country: 'SI', form: /^(\d{5})-(\d{10})$/, bban: together },
  {
    country: 'RS',
    form: /^(\d{3})-(\d{1,13})-(\d{2})$/,
    bban: ([bank, number, check]) => `${bank}${pad(number, 13)}${check}`,
  },
];

function nationalIban(number: string, currencyName: string): string | undefined {
  for (const { country, form, currencies, bban } of NATIONAL) {
    const groups = form.exec(number)?.slice(1);
    if (!groups || (currencies && !currencies.includes(currencyName))) continue;
    if (!isBankOf(country, groups, currencyName)) continue;
    const text = bban(groups);
    if (isValidBBAN(text, country)) return composeIBAN({ countryCode: country, bban: text }) ?? undefined;
  }
  return undefined;
}

/** Eight digits before the slash are a German bank rather than a Czech number, unless the money is Czech. */
function isBankOf(country: string, groups: readonly string[], currencyName: string): boolean {
  if (country !== 'CZ' && country !== 'SK') return true;
  const [prefix, number = '', bank = ''] = groups;
  if (!(country === 'CZ' ? CZECH_BANKS : SLOVAK_BANKS).has(bank)) return false;
  return prefix !== undefined || number.length !== 8 || currencyName === 'CZK';
}
