import { hasIbanForm, hasRightCheckDigits, normaliseIban } from '../domain/ledger/iban.ts';

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

/** How a message names an account: by IBAN when the text has that form, else by the text as it stands. */
export function accountNamed(text: string): { readonly iban: string } | { readonly accountId: string } {
  const iban = ibanIn(text);
  return iban === undefined ? { accountId: text.trim() } : { iban };
}
