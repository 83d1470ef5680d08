/**
 * The built-in catalogue as it was bundled with the function. Its version is there at once; the first derivation loads the catalogue
 * itself, because most look-ups need none.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, openCatalogue, type PreparedCatalogue } from '../../domain/catalogue/catalogue.ts';
import { ConfigurationError } from '../../runtime/errors.ts';

export type BuiltInCatalogue = { readonly version: string; load(): Catalogue };

/** Names of the files beside a function's code. */
export const CATALOGUE_FILES = {
  document: 'catalogue.json',
  /** The index of its rules: numbers of 32 bits, the low byte first, as every processor that Lambda has keeps them; and their names. */
  index: 'catalogue.index',
  names: 'catalogue.names',
  version: 'catalogue.version',
} as const;

/** The files of a catalogue. */
export function filesOf(catalogue: PreparedCatalogue): Map<string, Uint8Array> {
  const { index, nameTexts, ...rules } = catalogue.rules;
  return new Map([
    [CATALOGUE_FILES.document, Buffer.from(JSON.stringify({ ...catalogue, rules }))],
    [CATALOGUE_FILES.index, new Uint8Array(index.buffer, index.byteOffset, index.byteLength)],
    [CATALOGUE_FILES.names, nameTexts],
    [CATALOGUE_FILES.version, Buffer.from(`${catalogue.version}\n`)],
  ]);
}

/** @param directory of the function's code; the Lambda runtime gives it */
export function openBuiltInCatalogue(directory = process.env['LAMBDA_TASK_ROOT']): BuiltInCatalogue {
  if (!directory) throw new ConfigurationError('missing in the environment: LAMBDA_TASK_ROOT');
  const read = (file: string) => readFileSync(join(directory, file));
  const load = () => {
    const { rules, ...document } = JSON.parse(read(CATALOGUE_FILES.document).toString()) as PreparedCatalogue;
    const { buffer, byteOffset, byteLength } = read(CATALOGUE_FILES.index);
    const index = new Int32Array(buffer, byteOffset, byteLength / Int32Array.BYTES_PER_ELEMENT);
    return openCatalogue({ ...document, rules: { ...rules, index, nameTexts: read(CATALOGUE_FILES.names) } });
  };
  let catalogue: Catalogue | undefined;
  return {
    version: read(CATALOGUE_FILES.version).toString().trim(),
    load: () => (catalogue ??= load()),
  };
}

/** A catalogue that is compiled already. */
export function catalogueOf(catalogue: Catalogue): BuiltInCatalogue {
  return { version: catalogue.version, load: () => catalogue };
}
