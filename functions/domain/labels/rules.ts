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
    /** It is meant only as who was paid: as the party, where a card paid, or where a debit was collected. */
    readonly payee?: boolean | undefined;
    /** It is meant only where the number of a shop is glued to it: "HM0012". */
    readonly numbered?: boolean | undefined;
    /** The least absolute amount for which it holds, in EUR. */
    readonly atLeast?: number | undefined;
  };

export const FIELDS = ['title', 'party', 'kind'] as const;
export type Field = (typeof FIELDS)[number];

/** Words of a language. A token of a pattern that ends in `*` matches every token that begins so. */
export type WordRule = Directions &
  Limits & {
    readonly words: readonly string[];
    readonly field?: readonly Field[] | undefined;
    /** Bounds of the absolute amount, in EUR. */
    readonly atLeast?: number | undefined;
    readonly atMost?: number | undefined;
    /** It counts only where nothing but numbers and months is beside it: "Internet 11/2026". */
    readonly alone?: boolean | undefined;
    /** A hint that yields to anything better. */
    readonly weak?: boolean | undefined;
  };

/** A merchant category code ("5411") or a range of them ("3000-3350"). */
export type MerchantCodeRule = Directions & {
  readonly mcc: string;
  /** Used loosely: yields to any brand or plain word. */
  readonly weak?: boolean | undefined;
};

/** An ISO 20022 bank transaction code, "PMNT/RCDT/SALA"; `*` matches any code in its place. */
export type BankCodeRule = Directions & { readonly code: string };

/** A rail before or beside the merchant's name. */
export type GatewayRule = Limits & {
  readonly gateway: string;
  readonly patterns: readonly string[];
  /** Whether an asterisk may part it from the merchant; `only`: without one it is something else. */
  readonly star?: boolean | 'only' | undefined;
  readonly field?: readonly Field[] | undefined;
};

/** What labels mean for one another. */
export type MeaningRules = {
  /** Labels that say how was paid, not for what. */
  readonly qualifiers: readonly string[];
  /** Where both are found, the first is meant: a gift to a parish is no charity. */
  readonly meantBefore: Readonly<Record<string, readonly string[]>>;
  /** What is inside or beside a place of another kind, where one text names both: the car park of a hospital. */
  readonly inside: Readonly<Record<string, readonly string[]>>;
  /** What a counter of services is not, whatever is beside or in its name. */
  readonly notAService: readonly string[];
  /** What is sold does not come back as a refund. */
  readonly notRefunded: readonly string[];
  /** Kinds of places before which the word for pay is meant, whatever brand says it. */
  readonly yieldsToPay: readonly string[];
  /** Others whose brands pay their customers now and then. */
  readonly paysOut: readonly string[];
  /** What a shop of one kind sells under a code of another. */
  readonly codesAboveBrands: readonly string[];
  readonly retail: readonly string[];
  /** What shops do beside their trade, under their name. */
  readonly besideTheTrade: readonly string[];
  /** Groups of labels that say what was bought or given. */
  readonly groupsBought: readonly string[];
  /** No street is called by these. */
  readonly noStreets: readonly string[];
  /** Sold on the spot: a card that pays for it abroad is there. */
  readonly soldOnTheSpot: readonly string[];
  /** What is charged or exchanged at home, whatever currency or country is named. */
  readonly notAbroad: readonly string[];
  /** What people are paid for by transfer: a name beside it is that of a person. */
  readonly paidToPeople: readonly string[];
  /** What institutions are paid for by transfer: a party of unknown name is one of them, not a person. */
  readonly paidToInstitutions: readonly string[];
};

/** Words by which people and streets are recognised. */
export type NameRules = {
  readonly legalForms: readonly string[];
  /** Given names of all countries; what is a word of shops as well is left out. */
  readonly firstNames: readonly string[];
  /** Surnames that are brands or words, too. */
  readonly surnames: readonly string[];
  /** Words before a person's name where money is transferred. */
  readonly beforePeople: readonly string[];
  /** Words behind which a given name is that of a place. */
  readonly saints: readonly string[];
  /** Names of months, as titles of standing orders and rents have them. */
  readonly months: readonly string[];
  /** Patterns of texts by which a card paid. */
  readonly cards: readonly string[];
  /** Patterns of texts by which a debit was collected. */
  readonly debits: readonly string[];
  readonly streets: {
    readonly before: readonly string[];
    readonly after: readonly string[];
    /** One letter that means a street. */
    readonly initials: readonly string[];
    /** After a genitive, which ends in one of `genitives`. */
    readonly afterGenitive: readonly string[];
    readonly genitives: readonly string[];
    /** Endings of a name and the word for a street in one. */
    readonly joined: readonly string[];
    /** Endings of adjectives, which name a street before a house number or one of `afterAdjective`. */
    readonly adjectives: readonly string[];
    readonly afterAdjective: readonly string[];
    readonly articles: readonly string[];
    /** What parts a name from the address behind it. */
    readonly beforeAddress: readonly string[];
  };
};

export type CountryRules = {
  /** ISO 3166-1 alpha-2, as titles end in them. */
  readonly codes: readonly string[];
  /** ISO 3166-1 alpha-3 to alpha-2. */
  readonly threeLetters: Readonly<Record<string, string>>;
  /** Where accounts of a currency are kept. */
  readonly ofCurrency: Readonly<Record<string, readonly string[]>>;
};

export type LabelRules = {
  readonly brands: readonly BrandRule[];
  readonly words: readonly WordRule[];
  readonly merchantCodes: readonly MerchantCodeRule[];
  readonly bankCodes: readonly BankCodeRule[];
  readonly gateways: readonly GatewayRule[];
  /** Tokens that name no merchant: legal forms, words of statements, cities, countries. */
  readonly noise: readonly string[];
  readonly meaning: MeaningRules;
  readonly names: NameRules;
  /** Words of everyday language: a brand that is called by one alone never beats a second word that explains the row. */
  readonly ordinaryWords: readonly string[];
  readonly countries: CountryRules;
};
