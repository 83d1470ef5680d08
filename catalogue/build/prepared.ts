/** The catalogue as it is stored beside the functions, rebuilt only when its files or the code that builds it changed. */
import { join } from 'node:path';
import { type PreparedCatalogue, prepareCatalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { hashOfSources } from '../../tools/sources/hash.ts';
import { keptText } from '../../tools/sources/kept.ts';
import { compileDocument, SOURCES } from './compile.ts';

const REPOSITORY = join(import.meta.dirname, '../..');

/** @throws with file, path and reason of every fault in the files */
export function preparedCatalogue(): PreparedCatalogue {
  const hash = hashOfSources(REPOSITORY, [...SOURCES, 'functions/domain']);
  return read(
    keptText(join(REPOSITORY, 'dist/catalogue-prepared'), hash, () => written(prepareCatalogue(compileDocument()))),
  );
}

function written({ rules: { index, nameTexts, ...rules }, ...catalogue }: PreparedCatalogue): string {
  const bytes = Buffer.from(index.buffer, index.byteOffset, index.byteLength);
  return JSON.stringify({
    catalogue,
    rules,
    index: bytes.toString('base64'),
    nameTexts: Buffer.from(nameTexts).toString('base64'),
  });
}

function read(text: string): PreparedCatalogue {
  const { catalogue, rules, index, nameTexts } = JSON.parse(text);
  // A copy, because numbers must begin at an offset that four divides.
  const bytes = new Uint8Array(Buffer.from(index, 'base64'));
  return {
    ...catalogue,
    rules: { ...rules, index: new Int32Array(bytes.buffer), nameTexts: Buffer.from(nameTexts, 'base64') },
  };
}
