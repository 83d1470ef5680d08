/**
 * International bank account numbers (ISO 13616): form and length by the SWIFT IBAN registry (release 99), check digits by
 * ISO 7064 MOD 97-10.
 */
const LENGTH_BY_COUNTRY: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 ' +
    'FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 ' +
    'LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 ' +
    'SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Upper case, without blanks, no-break blanks (U+00A0, U+202F, U+2007) and hyphens. */
export function normaliseIban(text: string): string {
  // Most are normal already: a test is several times cheaper than a replacement.
  return /^[A-Z0-9]*$/.test(text) ? text : text.replace(/[\s\u00A0\u202F\u2007-]/g, '').toUpperCase();
}

/** Whether a normalised IBAN has the form and, for a country of the registry, the length it must have. */
export function hasIbanForm(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const length = LENGTH_BY_COUNTRY[iban.slice(0, 2)];
  return length === undefined || iban.length === length;
}

/** Whether the check digits of a well-formed, normalised IBAN are right. */
export function hasRightCheckDigits(iban: string): boolean {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
