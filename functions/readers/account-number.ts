/**
 * One account has one identity, however a file writes it (contract, section 6): its IBAN, without what banks put around
 * it; a national number as the IBAN that follows from it; any other number as it is printed.
 */
import { hasIbanForm, hasRightCheckDigits, normaliseIban } from '../domain/ledger/iban.ts';
import { nationalIban } from './national-numbers.ts';
import type { AccountName } from './statement.ts';

/** Digits of a Polish account number without its country (NRB: 2 check digits, 8 of the bank, 16 of the account). */
const NRB = /^\d{26}$/;

/**
 * The IBAN in a text, or `undefined` when it is something else. A Polish number printed without `PL` is an IBAN too, but only correct check
 * digits distinguish it from any other 26 digits.
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
 * @param currencyName of the account: it may be printed behind the number, and it shows the country of some
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

/** `BIC/IBAN/EUR`, `BIC IBAN`; an IBAN in groups of four is between slashes. */
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
