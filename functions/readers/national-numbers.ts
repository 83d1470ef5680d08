/** National account numbers, and the IBAN that follows from them by the country's rule. */
import { composeIBAN, isValidBBAN } from 'ibantools';

type National = {
  readonly country: string;
  /** Of the number as printed; its groups are what `bban` puts together. */
  readonly form: RegExp;
  /** Currencies in which the form alone, without separators, is enough to know the country. */
  readonly currencies?: readonly string[];
  readonly bban: (groups: readonly string[]) => string;
  /** The country's own check digits, where its BBAN has them and the IBAN registry does not say how. */
  readonly isRight?: (bban: string) => boolean;
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

const DUTCH_BANKS = 'ABNA|ASNB|BUNQ|FVLB|INGB|KNAB|RABO|RBRB|SNSB|TRIO';
const BRITISH_BANKS = 'ABBY|BARC|BOFS|BUKB|CLRB|CPBK|HBUK|LOYD|MIDL|MONZ|NAIA|NWBK|RBOS|REVO|SRLG|TSBS';

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
  // The zeros are behind the sixth digit; with the co-operative and the savings banks (4, 5) behind the seventh.
  { country: 'FI', form: /^([45]\d{5})-(\d)(\d{1,7})$/, currencies: ['EUR'], bban: finnish, isRight: endsByLuhn },
  { country: 'FI', form: /^([1236789]\d{5})-()(\d{2,8})$/, currencies: ['EUR'], bban: finnish, isRight: endsByLuhn },
  { country: 'DK', form: /^(\d{4})[ -]?(\d{10})$/, currencies: ['DKK'], bban: together },
  { country: 'DK', form: /^(\d{4})[ -](\d{5,9})$/, currencies: ['DKK'], bban: ([bank, n]) => `${bank}${pad(n, 10)}` },
  // Of the Swiss banks only PostFinance has numbers of one form.
  {
    country: 'CH',
    form: /^(\d{2})-(\d{1,6})-(\d)$/,
    currencies: ['CHF', 'EUR'],
    bban: ([kind, number, check]) => `09000000${kind}${pad(number, 6)}${check}`,
    isRight: (bban) => postalCheckDigit(bban.slice(8, 16)) === bban.slice(16),
  },
  {
    country: 'SE',
    form: /^(\d{4})[ ,-]{1,2}(\d{3}) ?(\d{2}) ?(\d{2})$/,
    currencies: ['SEK'],
    bban: ([clearing = '', ...number]) => `${swedishBank(clearing)}000000${clearing}${number.join('')}`,
    isRight: (bban) => isBySwedishRule(bban.slice(9)),
  },
  // Numbers of these countries give their IBAN only together with the letters of the bank. Letters alone could be those of
  // any id, so they must be a bank's; in a BIC they are.
  { country: 'NL', form: new RegExp(`^(${DUTCH_BANKS}) ?(\\d{10})$`), currencies: ['EUR'], bban: together },
  {
    country: 'GB',
    form: new RegExp(`^(${BRITISH_BANKS})[ /]?(\\d{2})-?(\\d{2})-?(\\d{2})[ /]?(\\d{8})$`),
    bban: together,
  },
  {
    country: 'GB',
    form: /^([A-Z]{4})GB[A-Z0-9]{2}(?:[A-Z0-9]{3})?[ /]?(\d{2})-?(\d{2})-?(\d{2})[ /]?(\d{8})$/,
    bban: together,
  },
];

function finnish([bank = '', first = '', rest = '']: readonly string[]): string {
  return `${bank}${first}${pad(rest, 14 - bank.length - first.length)}`;
}

/** The last digit is the check digit of those before it, by the rule of payment cards (ISO/IEC 7812-1). */
function endsByLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) : 2 * Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

const CARRY = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5] as const;

/** The recursive modulo 10 of Swiss postal accounts (SIX, style guide of the QR-bill, annex B). */
function postalCheckDigit(digits: string): string {
  const carry = [...digits].reduce((last, digit) => CARRY[(last + Number(digit)) % 10]!, 0);
  return String((10 - carry) % 10);
}

/** Banks whose IBAN holds clearing number and account number as they are, by ranges of clearing numbers. */
const SWEDISH_BANKS: readonly (readonly [first: number, last: number, bank: string])[] = [
  [1100, 1199, '300'],
  [1200, 1399, '120'],
  [1400, 2099, '300'],
  [2400, 2499, '120'],
  [3000, 3299, '300'],
  [3301, 3399, '300'],
  [3400, 3409, '902'],
  [3410, 3781, '300'],
  [3783, 4999, '300'],
  [5000, 5999, '500'],
  [7000, 7999, '800'],
  [9020, 9029, '902'],
  [9060, 9069, '902'],
  [9120, 9124, '500'],
  [9130, 9149, '500'],
  [9150, 9169, '915'],
  [9250, 9259, '925'],
  [9270, 9279, '927'],
];
/** Of these the check digit is over the whole clearing number, of the others over all but its first digit. */
const WHOLE_CLEARING = /^(?:4|902|91[56])/;

/** Empty where the rule is another, so that no IBAN comes of it. */
function swedishBank(clearing: string): string {
  const number = Number(clearing);
  return SWEDISH_BANKS.find(([first, last]) => number >= first && number <= last)?.[2] ?? '';
}

/** Modulo 11 over clearing and account number with the weights 1, 2, … 10, 1 from the right (Bankgirot). */
function isBySwedishRule(number: string): boolean {
  const digits = [...number.slice(WHOLE_CLEARING.test(number) ? 0 : 1)].reverse();
  return digits.reduce((sum, digit, index) => sum + Number(digit) * ((index % 10) + 1), 0) % 11 === 0;
}

/** The IBAN that follows from a national number. @param currencyName of the account, `''` when it is not known */
export function nationalIban(number: string, currencyName: string): string | undefined {
  for (const { country, form, currencies, bban, isRight } of NATIONAL) {
    const groups = form.exec(number)?.slice(1);
    if (!groups || (currencies && !currencies.includes(currencyName))) continue;
    if (!isBankOf(country, groups, currencyName)) continue;
    const text = bban(groups);
    if (isRight && !isRight(text)) continue;
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
