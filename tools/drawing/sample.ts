/** The sample owner of the pictures: a Polish account with a dog in it, of which a PDF and later a bank feed know. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileDocument } from '../../catalogue/build/compile.ts';
import { inputOf } from '../../evaluation/scores/lives.ts';
import { compileCatalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { interpretImport } from '../../functions/domain/ledger/import.ts';
import type { Import } from '../../functions/domain/ledger/ledger.ts';
import type { DerivationInput } from '../../functions/domain/profiles/derive.ts';
import { type Day, parseDay } from '../../functions/domain/values/day.ts';
import { ROOT } from './imports.ts';

const FILES = ['anna-pl-1.json', 'anna-pl-2.json'];
/** After every import of the samples. */
const AFTERWARDS = Date.UTC(2100, 0, 1);

export const PROFILE = 'pet-owner';
export const FEATURE = 'pets|veterinary.months';
/** The day that the samples were written for. */
export const TODAY = parseDay('2026-11-20') as Day;

const messages = () => FILES.map((file) => JSON.parse(readFileSync(join(ROOT, 'samples', file), 'utf8')));

export function sampleImports(): Import[] {
  return messages().map((message) => {
    const { import: read } = interpretImport(message, AFTERWARDS);
    if (!read) throw new Error(`${message.importId} cannot be read`);
    return read;
  });
}

export const sampleInput = (): DerivationInput => inputOf(compileCatalogue(compileDocument()), messages());
