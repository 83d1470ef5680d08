/**
 * `npm run evaluate [-- --sealed] [--seeds 1,2,3]`: how right labels and profiles are.
 *
 * Without `--sealed` only the open data is read, and its errors are shown in full. With it the sealed data is read too, of
 * which figures alone are shown, and the figures are written to docs/accuracy.md.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compileDocument } from '../catalogue/build/compile.ts';
import { compileCatalogue } from '../functions/domain/catalogue/catalogue.ts';
import { openProgress } from '../local/progress.ts';
import { accuracyPage, type Measurement } from './pages/accuracy-page.ts';
import { asText } from './pages/sheet.ts';
import * as sheets from './pages/sheets.ts';
import { measureFlapping, thinned } from './scores/flapping.ts';
import { measureGold, readGold } from './scores/gold.ts';
import { type LivesResult, measureLives, type Owner, ownersOf } from './scores/lives.ts';
import { Tallies } from './scores/scores.ts';
import { measureVendor } from './scores/vendor.ts';

const PAGE = new URL('../docs/accuracy.md', import.meta.url);

const { values } = parseArgs({
  options: {
    open: { type: 'boolean', default: true },
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

const catalogue = await step('catalogue', async () => compileCatalogue(compileDocument()));
const vendor = await step('labels of the data set', async (done) => {
  const result = measureVendor(catalogue);
  if (!result) done('skipped: the data set is not beside the repository');
  return result;
});
const gold: Measurement['gold'] = await Promise.all(
  splits.map(async (split) => {
    const file = new URL(`./gold/${split}.jsonl`, import.meta.url);
    return [split, await step(`gold lines, ${split}`, async () => measureGold(catalogue, readGold(file)))] as const;
  }),
);
const openOwners: Owner[] = [];
const livesBySeed: (readonly [(typeof splits)[number], number, LivesResult])[] = [];
for (const split of splits) {
  for (const seed of seeds) {
    await step(`owners, ${split}, seed ${seed}`, async () => {
      const owners = ownersOf(catalogue, seed, split);
      if (split === 'open') openOwners.push(...owners);
      livesBySeed.push([split, seed, measureLives(owners, split === 'open')]);
    });
  }
}
const flapping: Measurement['flapping'] = [
  ['generated', await step('coming and going', async () => measureFlapping(openOwners))],
  ['thinned', await step('coming and going, thinned', async () => measureFlapping(thinned(openOwners)))],
];

const lives = splits.map(
  (split) => [split, joined(livesBySeed.filter(([of]) => of === split).map(([, , result]) => result))] as const,
);
const named = livesBySeed.map(([split, seed, result]) => [`${split}, seed ${seed}`, result] as const);

if (vendor) print(sheets.vendorSheet(vendor), sheets.vendorCases(vendor));
for (const [split, result] of gold) if (split === 'open') print(sheets.goldCases(result));
print(
  sheets.goldLabelsSheet(gold),
  sheets.goldGroupsSheet(gold, 'merchants'),
  sheets.goldGroupsSheet(gold, 'countries'),
);
print(sheets.goldSheet(gold), sheets.coverageSheet(gold));
print(sheets.livesCases(named.filter(([name]) => name.startsWith('open'))));
print(sheets.livesGroupsSheet(lives, 'profiles'), sheets.livesGroupsSheet(lives, 'countries'));
print(...flapping.map(([name, result]) => sheets.flappingProfilesSheet(name, result)));
print(sheets.livesSheet(named), sheets.flappingSheet(flapping));

if (values.sealed) {
  writeFileSync(PAGE, accuracyPage({ vendor, gold, lives, bySeed: named, flapping, seeds }));
  process.stderr.write('  docs/accuracy.md is written\n');
} else {
  process.stderr.write('  docs/accuracy.md is left as it is: it is written with --sealed\n');
}

/** Several seeds as one. */
function joined(results: readonly LivesResult[]): LivesResult {
  const profiles = new Tallies();
  const countries = new Tallies();
  for (const result of results) {
    profiles.addAll(result.profiles);
    countries.addAll(result.countries);
  }
  return {
    owners: results.reduce((sum, { owners }) => sum + owners, 0),
    exact: results.reduce((sum, { exact }) => sum + exact, 0),
    profiles,
    countries,
    errors: results.flatMap(({ errors }) => errors),
  };
}
