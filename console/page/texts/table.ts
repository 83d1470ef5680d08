/** Every text of the page. */
import { CATALOGUE } from './catalogue.ts';
import { CONDITIONS } from './conditions.ts';
import { EVERYWHERE } from './everywhere.ts';
import { FAILURES } from './failures.ts';
import { IMPORTS } from './imports.ts';
import { KEYS } from './keys.ts';
import { OWNER } from './owner.ts';
import { SEGMENTS } from './segments.ts';

/** No key is in two of them. */
export const TABLES = [EVERYWHERE, SEGMENTS, OWNER, CONDITIONS, CATALOGUE, IMPORTS, KEYS, FAILURES] as const;

export const TEXTS = {
  ...EVERYWHERE,
  ...SEGMENTS,
  ...OWNER,
  ...CONDITIONS,
  ...CATALOGUE,
  ...IMPORTS,
  ...KEYS,
  ...FAILURES,
};

export type TextKey = keyof typeof TEXTS;
