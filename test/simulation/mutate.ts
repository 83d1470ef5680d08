/** Loaded ahead of a run: one source is read as its mutant, whose number is in `LAW_MUTANT`. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { MUTANTS } from './mutants.ts';

const mutant = MUTANTS[Number(process.env['LAW_MUTANT'])];
if (!mutant) throw new Error('LAW_MUTANT names no mutant');
const { file, from, to } = mutant;
const url = new URL(`../../${file}`, import.meta.url).href;
const source = readFileSync(fileURLToPath(url), 'utf8');
if (source.split(from).length !== 2) throw new Error(`not once in ${file}: ${from}`);

registerHooks({
  load: (asked, context, next) =>
    asked === url
      ? { format: 'module-typescript', source: source.replace(from, () => to), shortCircuit: true }
      : next(asked, context),
});
