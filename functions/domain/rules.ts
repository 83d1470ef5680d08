/** The rules of labelling as the catalogue's files have them, one entry for each line. */

/** Labels for money that comes in and money that goes out. */
type Directions = { readonly in?: readonly string[] | undefined; readonly out?: readonly string[] | undefined };

type Limits = {
  /** Countries (ISO 3166-1 alpha-2) of the account for which the rule holds; absent: all. */
  readonly countries?: readonly string[] | undefined;
  /** Patterns of which at least one must be present as well. */
  readonly with?: readonly string[] | undefined;
  /** Patterns that forbid the rule. */
  readonly unless?: readonly string[] | undefined;
};

/** A brand, operator or institution. */
export type BrandRule = Directions &
  Limits & {
    readonly brand: string;
    readonly also?: readonly string[] | undefined;
    readonly field?: readonly Field[] | undefined;
  };

export const FIELDS = ['title', 'party', 'kind'] as const;
export type Field = (typeof FIELDS)[number];

/** Words of a language. A token of a pattern that ends in `*` stands for every token that begins so. */
export type WordRule = Directions &
  Limits & {
    readonly words: readonly string[];
    readonly field?: readonly Field[] | undefined;
    /** Bounds of the absolute amount, in EUR. */
    readonly atLeast?: number | undefined;
    readonly atMost?: number | undefined;
    /** A hint that yields to anything better. */
    readonly weak?: boolean | undefined;
  };

/** A merchant category code ("5411") or a range of them ("3000-3350"). */
export type MerchantCodeRule = Directions & {
  readonly mcc: string;
  /** Used loosely: yields to any brand or plain word. */
  readonly weak?: boolean | undefined;
};

/** An ISO 20022 bank transaction code, "PMNT/RCDT/SALA"; `*` stands for any code in its place. */
export type BankCodeRule = Directions & { readonly code: string };

/** A rail that stands before or beside the merchant's name. */
export type GatewayRule = Limits & {
  readonly gateway: string;
  readonly patterns: readonly string[];
  readonly field?: readonly Field[] | undefined;
};

export type LabelRules = {
  readonly brands: readonly BrandRule[];
  readonly words: readonly WordRule[];
  readonly merchantCodes: readonly MerchantCodeRule[];
  readonly bankCodes: readonly BankCodeRule[];
  readonly gateways: readonly GatewayRule[];
  /** Tokens that name no merchant: legal forms, words of statements, cities, countries. */
  readonly noise: readonly string[];
};
