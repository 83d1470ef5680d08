/** The meaning of a CSV's columns: read from a file, or asked for and written to one. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline/promises';
import { unpacked } from '../functions/readers/archive.ts';
import { type Columns, FIELDS, type Field, type Mapping, parseMapping } from '../functions/readers/csv/mapping.ts';
import { PRESET_IDS } from '../functions/readers/csv/presets/presets.ts';
import { type TableHead, tableHead } from '../functions/readers/csv/table-head.ts';
import { ReaderError } from '../functions/readers/reader-error.ts';
import { CliError, messageOf, usage } from './errors.ts';
import { safe } from './terminal.ts';

/** The preset or the JSON that `--mapping` names; a file is read. @throws {CliError} */
export function mappingOption(given: string | undefined): string | undefined {
  if (given === undefined || PRESET_IDS.includes(given) || /^\s*[{[]/.test(given)) return given;
  if (!existsSync(given))
    throw usage(`--mapping: "${given}" is neither a file, JSON nor a preset (${PRESET_IDS.join(', ')})`);
  try {
    const text = readFileSync(given, 'utf8').replace(/^\uFEFF/, '');
    parseMapping(text);
    return text;
  } catch (error) {
    throw usage(`--mapping ${given}: ${error instanceof ReaderError ? error.reason : messageOf(error)}`);
  }
}

/** The questions, in this order; the rest stays as guessed. */
const ASKED: readonly (readonly [Field, string])[] = [
  ['bookedOn', 'the day of booking'],
  ['amount', 'the amount (none, if there is a column for money out and one for money in)'],
  ['debit', 'money out'],
  ['credit', 'money in'],
  ['currencyName', 'the currency'],
  ['title', 'the text'],
  ['party', 'the other party'],
  ['partyIban', "the other party's account"],
  ['balance', 'the balance'],
  ['account', 'the account itself'],
];

/**
 * Writes `FILE.mapping.json`: the guess, with a person's answers if there is a terminal.
 *
 * @returns a sentence with the next step
 * @throws {CliError} when the file is not a table, or its columns cannot be guessed and there is no terminal
 */
export async function writeMapping(file: string, encoding: string | undefined, interactive: boolean): Promise<string> {
  const head = headOf(file, encoding);
  if (head.preset !== undefined)
    return `${file} is an export that the preset "${head.preset}" knows: it needs no mapping`;
  if (!head.guess && !interactive)
    throw new CliError(
      `${file}: what its columns mean cannot be guessed (${head.columns.join(', ')})`,
      'run it on a terminal to be asked, or write a mapping (docs/reference/formats.md)',
    );
  const guess = head.guess ?? {
    columns: { bookedOn: head.columns[0] ?? 1 },
    dates: 'YMD' as const,
    decimal: '.' as const,
  };
  const mapping = interactive ? await asked(head, guess) : guess;
  const path = `${file}.mapping.json`;
  if (existsSync(path)) throw new CliError(`${path} exists`, `use it by --mapping ${path}, or remove it first`);
  const text = `${JSON.stringify(mapping, null, 2)}\n`;
  try {
    parseMapping(text);
  } catch (error) {
    throw new CliError(messageOf(error), 'answer again, with names of the columns that are listed');
  }
  writeFileSync(path, text);
  return `wrote ${path}: look at it, then import by --mapping ${path}`;
}

function headOf(file: string, encoding: string | undefined): TableHead {
  try {
    const [first] = unpacked(readFileSync(file), file);
    return tableHead(first?.bytes ?? new Uint8Array(), encoding);
  } catch (error) {
    throw new CliError(`${file}: ${messageOf(error)}`);
  }
}

async function asked({ columns }: TableHead, guess: Mapping): Promise<Mapping> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answers: { [Name in Field]?: Columns | undefined } = { ...guess.columns };
  process.stderr.write(
    `Columns: ${columns.map(safe).join(', ')}\nAnswer with a name; enter takes what is in [ ]; - is none.\n`,
  );
  try {
    for (const [field, meaning] of ASKED) {
      answers[field] = await askColumn(prompt, columns, meaning, guess.columns[field]);
    }
  } finally {
    prompt.close();
  }
  const known = FIELDS.flatMap((field) => (answers[field] === undefined ? [] : [[field, answers[field]] as const]));
  return { ...guess, columns: Object.fromEntries(known) as Mapping['columns'] };
}

async function askColumn(
  prompt: Interface,
  columns: readonly string[],
  meaning: string,
  guess: Columns | undefined,
): Promise<Columns | undefined> {
  for (;;) {
    const shown = guess === undefined ? '-' : safe(typeof guess === 'object' ? JSON.stringify(guess) : guess);
    const answer = (await prompt.question(`Which column is ${meaning}? [${shown}] `)).trim();
    if (answer === '') return guess;
    if (answer === '-') return undefined;
    if (columns.includes(answer)) return answer;
    process.stderr.write(`There is no column "${safe(answer)}".\n`);
  }
}
