/**
 * The built-in catalogue as it was bundled with the function. Its version is at hand at once; the catalogue itself is loaded
 * by the first derivation, for most look-ups need none.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, openCatalogue, type PreparedCatalogue } from '../domain/catalogue.ts';
import { ConfigurationError } from '../runtime/errors.ts';

export type BuiltInCatalogue = { readonly version: string; load(): Catalogue };

/** Names of the files beside a function's code. */
export const CATALOGUE_FILES = { document: 'catalogue.json', version: 'catalogue.version' } as const;

/** @param directory where the function's code lies; the Lambda runtime names it */
export function openBuiltInCatalogue(directory = process.env['LAMBDA_TASK_ROOT']): BuiltInCatalogue {
  if (!directory) throw new ConfigurationError('missing in the environment: LAMBDA_TASK_ROOT');
  const read = (file: string) => readFileSync(join(directory, file), 'utf8');
  let catalogue: Catalogue | undefined;
  return {
    version: read(CATALOGUE_FILES.version).trim(),
    load: () => (catalogue ??= openCatalogue(JSON.parse(read(CATALOGUE_FILES.document)) as PreparedCatalogue)),
  };
}

/** A catalogue that is compiled already. */
export function catalogueOf(catalogue: Catalogue): BuiltInCatalogue {
  return { version: catalogue.version, load: () => catalogue };
}
