/**
 * The results of the open data under this catalogue, as a text to be compared: `npm run accuracy` writes it, a test compares it. So
 * the diff of a change of words, brands or thresholds shows its effects, for better and for worse.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { compileDocument } from '../catalogue/build/compile.ts';
import { type Catalogue, compileCatalogue } from '../functions/domain/catalogue/catalogue.ts';
import { generateFieldLives, generateNordicLives, withForeignAccounts } from './lives/field.ts';
import type { Life } from './lives/life.ts';
import { generateLives } from './lives/lives.ts';
import { type GoldError, goldLines, measureGold } from './scores/gold.ts';
import { joined, measureLives, ownerOf } from './scores/lives.ts';
import { Tallies } from './scores/scores.ts';

export const SHEET = new URL('./open-sheet.txt', import.meta.url);

const GOLD = new URL('./gold/', import.meta.url);
/** Number of owners to judge: enough for every profile and country, few enough for a test. */
const owners = (): Readonly<Record<string, readonly Life[]>> => {
  const home = generateLives(1, 'open', 50);
  return {
    owners: home,
    'owners with accounts abroad': withForeignAccounts(home.slice(0, 20)),
    'owners in the field': [...generateFieldLives(1, 'open', 36), ...generateNordicLives(1, 'open', 8)],
  };
};

export function openSheet(catalogue: Catalogue): string {
  const labels = new Tallies();
  const files: string[] = [];
  const wrong: string[] = [];
  for (const file of readdirSync(GOLD).sort()) {
    if (!file.startsWith('open')) continue;
    const result = measureGold(catalogue, goldLines(file));
    const { lines, perfect, wrong: wronged } = result.all;
    files.push(`${file}: ${lines} lines, ${perfect} as they should be, ${wronged} with a wrong label`);
    labels.addAll(result.labels);
    wrong.push(...result.errors.flatMap(wrongLine));
  }
  const measured = Object.entries(owners()).map(([name, lives]) => {
    const known = lives.map((life) => ownerOf(catalogue, life));
    return [name, measureLives(known, true)] as const;
  });
  return [
    'How the open data comes out. Written by `npm run accuracy`.',
    '',
    ...files,
    ...measured.map(([name, { owners, exact }]) => `${name}: ${owners}, ${exact} with exactly their profiles`),
    '',
    ...talliesOf('labels', labels),
    '',
    ...talliesOf('profiles', joined(measured.map(([, result]) => result)).profiles),
    '',
    'wrong labels of lines',
    ...wrong.sort(),
    '',
    ...measured.flatMap(([name, { errors }]) => [
      `errors of ${name}`,
      ...errors.map(({ owner, profile, kind }) => `${profile}, ${kind}, ${owner}`).sort(),
      '',
    ]),
    '',
  ].join('\n');
}

function talliesOf(of: string, tallies: Tallies): string[] {
  const rows = tallies.entries.map(([name, { hits, missed, wrong }]) =>
    [name.padEnd(24), ...[hits, missed, wrong].map((count) => String(count).padStart(7))].join(''),
  );
  return [`${of.padEnd(24)}  right missed  wrong`, ...rows];
}

function wrongLine({ line, wrong }: GoldError): string[] {
  const texts = [line.title, line.party, line.kind].filter((text) => text !== undefined);
  return wrong.length === 0 ? [] : [`${line.country} ${texts.join(' | ')}: ${wrong.join(', ')}`];
}

if (import.meta.main) writeFileSync(SHEET, openSheet(compileCatalogue(compileDocument())));
