/** The form of the catalogue's files. An unknown field is a fault: it is a typing error. */
import * as z from 'zod';

const texts = z.array(z.string().min(1)).min(1);
const labels = z.array(z.string().min(1));
const directions = { in: labels.optional(), out: labels.optional() };
const countries = z
  .array(z.string().regex(/^[A-Z]{2}$/))
  .min(1)
  .optional();
const limits = { countries, with: texts.optional(), unless: texts.optional() };
/** The least absolute amount to which a rule applies, in EUR. */
const atLeast = z.number().nonnegative().optional();

export const labelsFile = z.array(z.strictObject({ id: z.string(), group: z.string() }));

export const brandsFile = z.array(
  z.strictObject({
    brand: z.string().min(1),
    also: texts.optional(),
    payee: z.boolean().optional(),
    numbered: z.boolean().optional(),
    ...directions,
    ...limits,
    field: z
      .array(z.enum(['title', 'party', 'kind']))
      .min(1)
      .optional(),
    atLeast,
  }),
);

export const wordsFile = z.array(
  z.strictObject({
    words: texts,
    ...directions,
    ...limits,
    field: z
      .array(z.enum(['title', 'party', 'kind']))
      .min(1)
      .optional(),
    atLeast,
    atMost: z.number().nonnegative().optional(),
    weak: z.boolean().optional(),
    alone: z.boolean().optional(),
  }),
);

export const gatewaysFile = z.array(
  z.strictObject({
    gateway: z.string(),
    patterns: texts,
    ...limits,
    field: z
      .array(z.enum(['title', 'party', 'kind']))
      .min(1)
      .optional(),
    star: z.union([z.boolean(), z.literal('only')]).optional(),
    note: z.string().optional(),
  }),
);

export const merchantCodesFile = z.array(
  z.strictObject({
    mcc: z.string().regex(/^\d{4}(-\d{4})?$/),
    ...directions,
    weak: z.boolean().optional(),
    note: z.string().optional(),
  }),
);

export const bankCodesFile = z.array(
  z.strictObject({
    code: z.string().regex(/^(\*|[A-Z]{4})(\/(\*|[A-Z0-9]{4})){0,2}$/),
    ...directions,
    note: z.string().optional(),
  }),
);

export const noiseFile = z.record(z.string(), z.union([texts, z.record(z.string(), texts)]));

const currency = z.string().regex(/^[A-Z]{3}$/);
const monthText = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
/** As decimals are written, without an exponent. */
const rate = /[1-9]\d{0,8}(\.\d{1,6})?|0\.\d{1,6}/;

export const ratesFile = z.strictObject({
  asOf: z.iso.date(),
  source: z.string(),
  perEuro: z.record(
    currency,
    z.record(monthText, z.string().regex(new RegExp(`^(${rate.source})( (${rate.source}))*$`))),
  ),
});

export const otherRatesFile = z.array(
  z.strictObject({ since: monthText, source: z.string(), perEuro: z.record(currency, z.number().positive()) }),
);

export const meaningFile = z.strictObject({
  qualifiers: labels,
  meantBefore: z.record(z.string(), labels),
  inside: z.record(z.string(), labels),
  notAService: labels,
  notRefunded: labels,
  yieldsToPay: labels,
  paysOut: labels,
  codesAboveBrands: labels,
  retail: labels,
  besideTheTrade: labels,
  groupsBought: texts,
  noStreets: labels,
  soldOnTheSpot: labels,
  notAbroad: labels,
  paidToPeople: labels,
  paidToInstitutions: labels,
});

/** Words in the form that texts have after folding. */
const folded = z.array(z.string().regex(/^[a-z0-9]+$/)).min(1);

export const namesFile = z.strictObject({
  legalForms: folded,
  surnames: folded,
  beforePeople: folded,
  saints: folded,
  months: folded,
  cards: texts.min(1),
  debits: texts.min(1),
  streets: z.strictObject({
    before: folded,
    after: folded,
    initials: folded,
    afterGenitive: folded,
    genitives: folded,
    joined: folded,
    adjectives: folded,
    afterAdjective: folded,
    articles: folded,
    beforeAddress: folded,
  }),
});

const country = z.string().regex(/^[A-Z]{2}$/);

/** Words by language (ISO 639-1). */
export const ordinaryWordsFile = z.record(z.string().regex(/^[a-z]{2}$/), folded);

export const givenNamesFile = z.record(country, folded);

export const countriesFile = z.strictObject({
  codes: z.array(country).min(1),
  threeLetters: z.record(z.string().regex(/^[A-Z]{3}$/), country),
  ofCurrency: z.record(z.string().regex(/^[A-Z]{3}$/), z.array(country).min(1)),
  ofLanguage: z.record(z.string().regex(/^[a-z]{2}$/), z.array(country).min(1)),
});
