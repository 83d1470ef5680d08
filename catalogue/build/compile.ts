/**
 * Compiles the files that analysts edit into the one catalogue document of the service.
 *
 * `node catalogue/build/compile.ts` checks all files and prints a summary.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import * as z from 'zod';
import { definitionSchema } from '../../functions/contracts/catalogue/definition.ts';
import { type CatalogueDocument, compileCatalogue } from '../../functions/domain/catalogue/catalogue.ts';
import type { BrandRule, LabelRules, MeaningRules, WordRule } from '../../functions/domain/labels/rules.ts';
import type { RatesDocument } from '../../functions/domain/values/rates.ts';
import { hashOfSources } from '../../tools/sources/hash.ts';
import { keptText } from '../../tools/sources/kept.ts';
import {
  bankCodesFile,
  brandsFile,
  countriesFile,
  gatewaysFile,
  givenNamesFile,
  labelsFile,
  meaningFile,
  merchantCodesFile,
  namesFile,
  noiseFile,
  ordinaryWordsFile,
  otherRatesFile,
  ratesFile,
  wordsFile,
} from './schemas.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPOSITORY = join(ROOT, '..');
/** Files in `words/` that hold no words of a language. */
const NOT_A_LANGUAGE = ['gateways.yaml', 'noise.yaml'];
/** Brands of name-suggestion-index: labels, countries and name, separated by tabs. */
const GENERATED_BRANDS = join(ROOT, 'brands/generated/nsi.txt');

/** What the document depends on: the files, the code that reads them, and the packages of that code. */
export const SOURCES = ['catalogue', 'functions/contracts/catalogue', 'package-lock.json'];

/** All files below `catalogue/` as one document, read again only after a change. Throws with file, path and reason of every fault. */
export function compileDocument(): CatalogueDocument {
  const hash = hashOfSources(REPOSITORY, SOURCES);
  return JSON.parse(keptText(join(REPOSITORY, 'dist/catalogue'), hash, () => JSON.stringify(readFiles())));
}

function readFiles(): CatalogueDocument {
  const labels = read('labels.yaml', labelsFile);
  const known = new Set(labels.map(({ id }) => id));
  const { ofLanguage, ...countries } = read('countries.yaml', countriesFile);
  const rules: LabelRules = {
    brands: [
      ...files('brands').flatMap((file) => checked(file, read(file, brandsFile), known)),
      ...generatedBrands(known),
    ],
    words: files('words')
      .filter((file) => !NOT_A_LANGUAGE.includes(basename(file)))
      .flatMap((file) => wherever(ofLanguage[basename(file, '.yaml')], checked(file, read(file, wordsFile), known))),
    merchantCodes: checked('codes/mcc.yaml', read('codes/mcc.yaml', merchantCodesFile), known),
    bankCodes: checked(
      'codes/bank-transaction-codes.yaml',
      read('codes/bank-transaction-codes.yaml', bankCodesFile),
      known,
    ),
    gateways: read('words/gateways.yaml', gatewaysFile),
    noise: Object.values(read('words/noise.yaml', noiseFile)).flatMap((part) =>
      Array.isArray(part) ? part : Object.values(part).flat(),
    ),
    meaning: meaningOf(known),
    names: { ...read('names.yaml', namesFile), firstNames: givenNames() },
    ordinaryWords: [...new Set(Object.values(read('ordinary-words.yaml', ordinaryWordsFile)).flat())],
    countries,
  };
  const profiles = files('profiles').map((file) => read(file, definitionSchema));
  const content = { labels, rates: ratesOf(), rules, profiles };
  const version = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
  return { version, ...content };
}

function files(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

function read<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  const result = schema.safeParse(parse(readFileSync(join(ROOT, file), 'utf8')));
  if (result.success) return result.data;
  throw new Error(`catalogue/${file} does not hold:\n${z.prettifyError(result.error)}`);
}

function checked<Rule extends Partial<Pick<BrandRule & WordRule, 'in' | 'out'>>>(
  file: string,
  rules: readonly Rule[],
  known: ReadonlySet<string>,
): readonly Rule[] {
  for (const rule of rules) {
    for (const label of [...(rule.in ?? []), ...(rule.out ?? [])]) {
      if (!known.has(label)) throw new Error(`catalogue/${file}: unknown label "${label}" in ${JSON.stringify(rule)}`);
    }
  }
  return rules;
}

/** Words of a language, which mean nothing where it is not spoken. */
function wherever(countries: readonly string[] | undefined, words: readonly WordRule[]): WordRule[] {
  return words.map((word) => (word.countries || !countries ? word : { ...word, countries }));
}

function meaningOf(known: ReadonlySet<string>): MeaningRules {
  const meaning = read('meaning.yaml', meaningFile);
  const { groupsBought: _, meantBefore, inside, ...lists } = meaning;
  const named = [meantBefore, inside].flatMap((rules) => [...Object.keys(rules), ...Object.values(rules).flat()]);
  for (const label of [...named, ...Object.values(lists).flat()]) {
    if (!known.has(label)) throw new Error(`catalogue/meaning.yaml: unknown label "${label}"`);
  }
  return meaning;
}

/** People keep their names when they move: a given name of one country counts everywhere. */
function givenNames(): string[] {
  return [...new Set(Object.values(read('given-names.yaml', givenNamesFile)).flat())].sort();
}

/** The market rates, and rates for currencies that the market does not quote, or no longer quotes. */
function ratesOf(): RatesDocument {
  const { perEuro, ...market } = read('rates/ecb.yaml', ratesFile);
  const all: Record<string, Record<string, string>> = { ...perEuro };
  for (const { since, perEuro: others } of read('rates/others.yaml', otherRatesFile)) {
    for (const [currency, rate] of Object.entries(others)) all[currency] = { ...all[currency], [since]: String(rate) };
  }
  return { ...market, perEuro: all };
}

function generatedBrands(known: ReadonlySet<string>): BrandRule[] {
  if (!existsSync(GENERATED_BRANDS)) throw new Error(`missing: catalogue/${relative(ROOT, GENERATED_BRANDS)}`);
  const lines = readFileSync(GENERATED_BRANDS, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const brands = lines.map((line): BrandRule => {
    const [labels = '', countries = '', brand = ''] = line.split('\t');
    return {
      brand,
      out: labels.split(','),
      ...(countries && countries !== '*' && { countries: countries.split(',') }),
    };
  });
  return [...checked(relative(ROOT, GENERATED_BRANDS), brands, known)];
}

if (import.meta.main) {
  const document = compileDocument();
  const { definitions } = compileCatalogue(document);
  const { brands, words, merchantCodes } = document.rules;
  process.stdout.write(
    `catalogue ${document.version}: ${document.labels.length} labels, ${brands.length} brands, ${words.length} lines of words, ` +
      `${merchantCodes.length} merchant codes, ${definitions.length} profiles\n`,
  );
}
