/**
 * Writes catalogue/brands/generated/nsi.txt from the npm package name-suggestion-index: one line per
 * `label<TAB>countries<TAB>name`, names folded to tokens, countries ISO alpha-2 (`*`: no restriction).
 *
 *   node catalogue/build/brands-from-nsi.ts
 *
 * A test compares the file with the output for the package and our own lists.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';

type Item = {
  displayName: string;
  locationSet?: { include?: unknown[]; exclude?: unknown[] };
  matchNames?: string[];
  tags: Record<string, string>;
};
type Category = { properties?: { exclude?: { generic?: string[] } }; items?: Item[] };

const brandsFolder = new URL('../brands/', import.meta.url);
export const GENERATED_BRANDS = new URL('generated/nsi.txt', brandsFolder);

/** OpenStreetMap kind → our label; other kinds are left out. */
const LABEL_OF: Readonly<Record<string, string>> = parse(
  readFileSync(new URL('nsi-labels.yaml', import.meta.url), 'utf8'),
);

const EUROPE = new Set(
  'ad al at ba be bg by ch cy cz de dk ee es fi fo fr gb gg gi gr hr hu ie im is it je li lt lu lv mc md me mk mt nl no pl pt ro rs se si sk sm ua va xk'.split(
    ' ',
  ),
);
/** the UN M49 regions and other names that contain Europe or the world, and those that contain a part of it */
const WIDE = new Set(['001', '150', '151', '154', '155', '039', 'eu', 'europe', '9', 'q15']);

/** Countries whose accounts are labelled. */
const HOME = new Set('PL ES RO CZ PT LT EE SK LV DE GB IT FR BE NL AT HU IE SE DK NO FI'.split(' '));
/** Where their owners travel; of these, only what people buy on a journey is kept. */
const VISITED = new Set('BG CH CY GR HR MT SI'.split(' '));
const BOUGHT_ON_JOURNEYS = new Set([
  'accommodation',
  'car rental',
  'fast food',
  'fuel',
  'grocery',
  'rail and coach',
  'restaurant',
]);
/** Networks of city transport there are called by regions, rivers and towns ("Val d'Oise", "Oost-Brabant"), which occur in any title. */
const NETWORKS_CALLED_BY_REGIONS = new Set('BE FR IT NL'.split(' '));
/** Their names are abbreviations, towns and colours of lines: one such word alone is not a merchant's name. */
const NEVER_ONE_WORD = new Set(['public transport', 'rail and coach']);

/** lower case, without diacritics; any character but a letter or a digit separates tokens */
const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('đ', 'd')
    .replaceAll('ı', 'i')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** the European countries of an item: `*` for the world or Europe, empty when it is elsewhere */
const countriesOf = (item: Item): string[] => {
  const found = new Set<string>();
  for (const place of item.locationSet?.include ?? []) {
    if (typeof place !== 'string') continue;
    const code = place.toLowerCase().replace(/\.geojson$/, '');
    if (WIDE.has(code)) return ['*'];
    const country = code.split('-')[0] ?? '';
    if (EUROPE.has(country)) found.add(country.toUpperCase());
  }
  return [...found].sort();
};

// the package exports no JSON file; its folder is found by its entry point
const entry = pathToFileURL(createRequire(import.meta.url).resolve('name-suggestion-index')).href;
const json = new URL(
  'dist/json/',
  entry.slice(0, entry.lastIndexOf('/name-suggestion-index/') + '/name-suggestion-index/'.length),
);
const nsi = JSON.parse(readFileSync(new URL('nsi.min.json', json), 'utf8')) as {
  _meta: { version: string };
  nsi: Record<string, Category>;
};
const generic = (
  JSON.parse(readFileSync(new URL('genericWords.min.json', json), 'utf8')) as { genericWords: string[] }
).genericWords.map((word) => new RegExp(word, 'i'));

const stopped = new Set(
  readFileSync(new URL('nsi-stop.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map(fold),
);

/** Names of our own lists come first: what they sell there and their countries, `*` for all. */
const own = new Map<string, { labels: Set<string>; countries: Set<string> }>();
for (const file of readdirSync(brandsFolder).filter((name) => name.endsWith('.yaml'))) {
  type Own = { brand: string; also?: string[]; countries?: string[]; out?: string[] };
  const brands = parse(readFileSync(new URL(file, brandsFolder), 'utf8')) as Own[];
  for (const { brand, also = [], countries = ['*'], out = [] } of brands) {
    for (const name of [brand, ...also].map(fold)) {
      const known = own.get(name) ?? { labels: new Set(), countries: new Set() };
      for (const country of countries) known.countries.add(country);
      known.labels.add(out.join(','));
      own.set(name, known);
    }
  }
}

/** Countries for which our own lists have no name with this label yet. */
const leftBeside = (name: string, label: string, countries: readonly string[]): readonly string[] => {
  const known = own.get(name);
  if (!known) return countries;
  if (known.labels.size > 1 || !known.labels.has(label) || countries.includes('*') || known.countries.has('*'))
    return [];
  return countries.filter((country) => !known.countries.has(country));
};

/** name → label → countries */
const rows = new Map<string, Map<string, Set<string>>>();
for (const [path, category] of Object.entries(nsi.nsi)) {
  const [tree, ...kind] = path.split('/');
  if (tree === 'flags') continue;
  const label = LABEL_OF[kind.join('/')];
  // public bodies that run a school or a car park are not merchants, and a power company with a charger sells mainly power
  if (
    label === undefined ||
    (tree === 'operators' &&
      (label === 'childcare' || label === 'ev charging' || label === 'parking' || label === 'healthcare'))
  )
    continue;
  const banned = [...generic, ...(category.properties?.exclude?.generic ?? []).map((word) => new RegExp(word, 'i'))];
  for (const item of category.items ?? []) {
    const countries = countriesOf(item).filter(
      (code) =>
        (code === '*' || HOME.has(code) || (VISITED.has(code) && BOUGHT_ON_JOURNEYS.has(label))) &&
        !(label === 'public transport' && NETWORKS_CALLED_BY_REGIONS.has(code)),
    );
    if (countries.length === 0) continue;
    const names = [
      item.displayName,
      item.tags['name'],
      item.tags['brand'],
      item.tags['network'],
      item.tags['operator'],
      ...(item.matchNames ?? []),
    ]
      .filter((name): name is string => name !== undefined)
      .flatMap((name) => (/['’]/.test(name) ? [name, name.replace(/['’]/g, '')] : [name]));
    for (const name of names) {
      const key = fold(name);
      const single = !key.includes(' ');
      if (!/^[a-z0-9 ]+$/.test(key) || /^[\d ]+$/.test(key)) continue;
      if (stopped.has(key) || banned.some((word) => word.test(name) || word.test(key))) continue;
      if (
        key.replaceAll(' ', '').length < 4 ||
        (single && key.length < 5 && (countries[0] === '*' || countries.length > 6))
      )
        continue;
      if (single && NEVER_ONE_WORD.has(label)) continue;
      // an abbreviation of a transport authority is a short word in some language
      if (single && key.length < 6 && tree !== 'brands') continue;
      const left = leftBeside(key, label, countries);
      if (left.length === 0) continue;
      const labels = rows.get(key) ?? new Map<string, Set<string>>();
      rows.set(key, labels.set(label, (labels.get(label) ?? new Set()).union(new Set(left))));
    }
  }
}

const lines: string[] = [];
const counts = new Map<string, number>();
for (const [name, labels] of rows) {
  for (const [label, countries] of labels) {
    // one name, one country, two labels: ambiguous, so it is left out
    const others = [...labels].filter(([other]) => other !== label).flatMap(([, places]) => [...places]);
    if (others.includes('*') || (countries.has('*') && others.length > 0)) continue;
    const clear = [...countries].filter((country) => !others.includes(country)).sort();
    if (clear.length === 0) continue;
    lines.push(`${label}\t${clear.includes('*') ? '*' : clear.join(',')}\t${name}`);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
}
/** The file's text. */
export const generatedBrands = `${lines.sort().join('\n')}\n`;

if (import.meta.main) {
  mkdirSync(new URL('.', GENERATED_BRANDS), { recursive: true });
  writeFileSync(GENERATED_BRANDS, generatedBrands);
  console.log(`name-suggestion-index ${nsi._meta.version}: ${lines.length} names`);
  for (const [label, count] of [...counts].sort(([, a], [, b]) => b - a))
    console.log(`${String(count).padStart(6)}  ${label}`);
}
