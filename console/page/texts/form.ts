/** Texts by key, in English and in Polish. Forms of a number are separated by bars: one, other; one, few, many. */
export type Texts = Readonly<Record<string, readonly [en: string, pl: string]>>;
