/**
 * `npm run evaluate [-- --sealed] [--seeds 1,2,3]`: how accurate labels and profiles are.
 * `npm run evaluate -- --wrong [--owners] [--country IT,FR]`: the open lines (with `--owners` the open owners of the first seed as well)
 * with wrong results, and nothing else; takes seconds.
 *
 * Without `--sealed` only the open data is read, and its errors are shown in full. With it the sealed data is read too, of
 * which only figures are shown, and the figures are written to docs/explanation/accuracy.md.
 */
import { parseArgs } from 'node:util';
import { compileDocument } from '../catalogue/build/compile.ts';
import { compileCatalogue } from '../functions/domain/catalogue/catalogue.ts';
import { openProgress } from '../local/progress.ts';
import { writeParts } from '../tools/docs/generated.ts';
import { generateFieldLives, generateNordicLives, withForeignAccounts } from './lives/field.ts';
import type { Life, Split } from './lives/life.ts';
import { generateLives } from './lives/lives.ts';
import { ABROAD, accuracyParts, type Measurement, withoutAbroad } from './pages/accuracy-page.ts';
import { asText } from './pages/sheet.ts';
import * as sheets from './pages/sheets.ts';
import { weakWordsOf } from './scores/evidence.ts';
import { measureFlapping, thinned } from './scores/flapping.ts';
import { GOLD_FILES, goldLines, measureGold } from './scores/gold.ts';
import { joined, type LivesResult, measureLives, type Owner, ownerOf } from './scores/lives.ts';
import { measureRows } from './scores/rows.ts';
import { Tallies } from './scores/scores.ts';
import { measureVendor } from './scores/vendor.ts';

const { values } = parseArgs({
  options: {
    owners: { type: 'boolean', default: false },
    wrong: { type: 'boolean', default: false },
    country: { type: 'string' },
    sealed: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '1,2,3' },
  },
});
const seeds = values.seeds.split(',').map(Number);
if (seeds.some((seed) => !Number.isSafeInteger(seed) || seed < 0)) {
  process.stderr.write(`--seeds takes whole numbers parted by commas, not "${values.seeds}"\n`);
  process.exit(2);
}

const step = openProgress((line) => process.stderr.write(`${line}\n`));
const print = (...shown: Parameters<typeof asText>[0][]) => {
  for (const sheet of shown) process.stdout.write(asText(sheet));
};
const splits = values.sealed ? (['open', 'sealed'] as const) : (['open'] as const);

const document = compileDocument();
const weak = weakWordsOf(document);
const catalogue = await step('catalogue', async () => compileCatalogue(document));
if (values.wrong) {
  showWrongLines();
  if (values.owners) showWrongOwners();
  process.exit();
}
const vendor = await step('labels of the data set', async (done) => {
  const result = measureVendor(catalogue);
  if (!result) done('skipped: the data set is not beside the repository');
  return result;
});
const gold: Measurement['gold'] = await Promise.all(
  splits
    .flatMap((split) => Object.entries<string>(GOLD_FILES[split]))
    .map(async ([name, file]) => {
      const measured = await step(`gold lines, ${name}`, async () => measureGold(catalogue, goldLines(file), weak));
      return [name, measured] as const;
    }),
);
const goldBySplit: Measurement['goldBySplit'] = splits.map((split) => {
  const lines = Object.values(GOLD_FILES[split]).flatMap(goldLines);
  return [split, measureGold(catalogue, lines, weak)] as const;
});
const openOwners: Owner[] = [];
const streamsBySeed: (readonly [string, Tallies])[] = [];
const livesBySeed: (readonly [string, number, LivesResult])[] = [];
for (const split of splits) {
  for (const seed of seeds) {
    for (const [kind, lives] of Object.entries(livesOf(seed, split))) {
      const name = `${split}${kind}`;
      await step(`owners, ${name}, seed ${seed}`, async () => {
        const owners = lives().map((life) => ownerOf(catalogue, life));
        if (name === 'open') openOwners.push(...owners);
        if (kind !== ABROAD) streamsBySeed.push([name, measureRows(catalogue, owners)]);
        livesBySeed.push([name, seed, measureLives(owners, split === 'open')]);
      });
    }
  }
}
const flapping: Measurement['flapping'] = [
  ['generated', await step('coming and going', async () => measureFlapping(openOwners))],
  ['thinned', await step('coming and going, thinned', async () => measureFlapping(thinned(openOwners)))],
];

const lives = [...new Set(livesBySeed.map(([name]) => name))].map(
  (name) => [name, joined(livesBySeed.filter(([of]) => of === name).map(([, , result]) => result))] as const,
);
const streams = withoutAbroad(lives).map(([name]) => {
  const tallies = new Tallies();
  for (const [of, each] of streamsBySeed) if (of === name) tallies.addAll(each);
  return [name, tallies] as const;
});
const named = livesBySeed.map(([split, seed, result]) => [`${split}, seed ${seed}`, result] as const);

if (vendor) print(sheets.vendorSheet(vendor), sheets.vendorCases(vendor));
showWrongLines();
print(sheets.goldLabelsSheet(goldBySplit), sheets.evidenceSheet(goldBySplit));
for (const by of ['merchant', 'coverage', 'country', 'shape'] as const) print(sheets.goldGroupsSheet(gold, by));
print(sheets.goldSheet(gold), sheets.coverageSheet(gold));
print(sheets.livesCases(named.filter(([name]) => name.startsWith('open') && !name.includes(ABROAD))));
print(
  sheets.livesGroupsSheet(withoutAbroad(lives), 'profiles'),
  sheets.livesGroupsSheet(withoutAbroad(lives), 'countries'),
);
print(...flapping.map(([name, result]) => sheets.flappingProfilesSheet(name, result)));
print(sheets.streamsSheet(streams), sheets.livesSheet(named), sheets.livesSheet(lives), sheets.flappingSheet(flapping));

if (values.sealed) {
  const measured = { vendor, gold, goldBySplit, lives, bySeed: named, streams, flapping, seeds };
  writeParts('docs/explanation/accuracy.md', accuracyParts(measured));
  process.stderr.write('  docs/explanation/accuracy.md is written\n');
} else {
  process.stderr.write('  docs/explanation/accuracy.md is left as it is: it is written with --sealed\n');
}

/** The open lines with wrong results; sealed ones are never shown. */
function showWrongLines(): void {
  const countries = values.country?.toUpperCase().split(',');
  for (const [name, file] of Object.entries(GOLD_FILES.open)) {
    const lines = goldLines(file).filter(({ country }) => countries?.includes(country) ?? true);
    const { errors } = measureGold(catalogue, lines, weak);
    process.stdout.write(
      `\n${errors.length} of ${lines.length} lines that came out otherwise, ${name}\n${sheets.goldCases(errors)}`,
    );
  }
}

/** The owners of a split by what is special about them. */
function livesOf(seed: number, split: Split): Readonly<Record<string, () => Life[]>> {
  return {
    '': () => generateLives(seed, split),
    [ABROAD]: () => withForeignAccounts(generateLives(seed, split)),
    ' field': () => [...generateFieldLives(seed, split), ...generateNordicLives(seed, split)],
  };
}

/** As for the lines: sealed owners are never shown. */
function showWrongOwners(): void {
  const countries = values.country?.toUpperCase().split(',');
  for (const lives of ['', ' field'].map((kind) => livesOf(seeds[0]!, 'open')[kind]!())) {
    const owners = lives.filter(({ country }) => countries?.includes(country) ?? true);
    const { errors, exact } = measureLives(
      owners.map((life) => ownerOf(catalogue, life)),
      true,
    );
    process.stdout.write(`\n${owners.length - exact} of ${owners.length} owners that came out otherwise\n`);
    for (const { owner, profile, kind, because, story } of errors) {
      process.stdout.write(`${owner}  ${kind}: ${profile}  ✗ ${because}  (${story})\n`);
    }
  }
}
