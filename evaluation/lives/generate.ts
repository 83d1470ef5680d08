/** Prints how many owners, countries and profiles the generated lives hold. `node evaluation/lives/generate.ts [seed]` */
import { generateLives } from './lives.ts';
import { readings } from './readings.ts';

const seed = Number(process.argv[2] ?? '1');
const sets = { open: generateLives(seed, 'open'), sealed: generateLives(seed, 'sealed') };
const row = (name: string, of: (split: 'open' | 'sealed') => number): void => {
  console.log(`${name.padEnd(22)}${String(of('open')).padStart(8)}${String(of('sealed')).padStart(8)}`);
};
console.log(`${''.padEnd(22)}${'open'.padStart(8)}${'sealed'.padStart(8)}`);
row('owners', (split) => sets[split].length);
row('imports', (split) => sets[split].reduce((total, life) => total + life.imports.length, 0));
row('rows, as sent', (split) =>
  sets[split].reduce(
    (total, life) =>
      total +
      life.imports.flatMap((one) => one.accounts).reduce((rows, account) => rows + account.transactions.length, 0),
    0,
  ),
);
row('no profile', (split) => sets[split].filter((life) => life.profiles.length === 0).length);
row('with a near miss', (split) => sets[split].filter((life) => life.story.includes('near miss')).length);
for (const country of ['PL', 'CZ', 'SK', 'ES', 'PT', 'RO', 'LT', 'LV', 'EE', 'DE'])
  row(country, (split) => sets[split].filter((life) => life.country === country).length);
for (const { id } of readings) row(id, (split) => sets[split].filter((life) => life.profiles.includes(id)).length);
