/** Prints how many owners, countries and profiles the generated lives hold. `node evaluation/lives/generate.ts [seed]` */
import { generateFieldLives } from './field.ts';
import type { Life } from './life.ts';
import { generateLives } from './lives.ts';
import { readings } from './readings.ts';
import { COUNTRIES } from './vocabulary.ts';

const seed = Number(process.argv[2] ?? '1');
const sets = {
  open: generateLives(seed, 'open'),
  sealed: generateLives(seed, 'sealed'),
  'field open': generateFieldLives(seed, 'open'),
  'field sealed': generateFieldLives(seed, 'sealed'),
};
const line = (name: string, cells: readonly string[]): void => {
  console.log(`${name.padEnd(22)}${cells.map((cell) => cell.padStart(14)).join('')}`);
};
const row = (name: string, of: (lives: readonly Life[]) => number): void =>
  line(
    name,
    Object.values(sets).map((lives) => String(of(lives))),
  );
const rowsOf = ({ imports }: Life): number =>
  imports.flatMap(({ accounts }) => accounts).reduce((rows, { transactions }) => rows + transactions.length, 0);

line('', Object.keys(sets));
row('owners', (lives) => lives.length);
row('imports', (lives) => lives.reduce((total, { imports }) => total + imports.length, 0));
row('rows, as sent', (lives) => lives.reduce((total, life) => total + rowsOf(life), 0));
row('no profile', (lives) => lives.filter(({ profiles }) => profiles.length === 0).length);
row('with a near miss', (lives) => lives.filter(({ story }) => story.includes('near miss')).length);
for (const name of COUNTRIES) row(name, (lives) => lives.filter(({ country }) => country === name).length);
for (const { id } of readings) row(id, (lives) => lives.filter(({ profiles }) => profiles.includes(id)).length);
