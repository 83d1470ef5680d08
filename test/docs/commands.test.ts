/** Commands that the documents name exist: scripts of npm, files, and commands of `owner-profiles` with their options. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command as Commander } from 'commander';
import { commandLine } from '../../cli/program.ts';
import { commandsIn } from '../../tools/docs/commands.ts';

const ROOT = join(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const commands = commandsIn(ROOT).filter(({ file }) => file === undefined);
const cli = commandLine({
  out: () => {},
  note: () => {},
  clock: () => 0,
  env: {},
  interactive: false,
  openClientStore: () => Promise.reject(new Error('nothing is run here')),
});

/** The faults of the words after `owner-profiles`; names in capitals and `…` are placeholders for the reader. */
function faultOf(
  words: readonly string[],
  command: Commander = cli,
  known: readonly string[] = [],
): string | undefined {
  const options = [...known, ...command.options.flatMap(({ long, short }) => [long, short])];
  const [word, ...rest] = words;
  if (word === undefined) return undefined;
  if (word.startsWith('-')) {
    const [name = ''] = word.split('=');
    return options.includes(name) || name === '--help' ? faultOf(rest, command, known) : `no option ${name}`;
  }
  if (command.commands.length === 0 || /^[A-Z…]/.test(word)) return faultOf(rest, command, known);
  const faults = word.split('|').map((name) => {
    const next = command.commands.find((each) => each.name() === name);
    return next
      ? faultOf(
          rest,
          next,
          options.filter((option) => option !== undefined),
        )
      : `no command ${name}`;
  });
  return faults.find((fault) => fault !== undefined);
}

function faultIn(text: string): string | undefined {
  const words = text.replace(/^[A-Z]+=\S+ /, '').split(/\s+/);
  const [program, first = '', ...rest] = words;
  if (program === 'owner-profiles') return faultOf([first, ...rest]);
  if (program === 'npx') return first === 'owner-profiles' ? faultOf(rest) : first === 'cdk' ? undefined : 'not ours';
  if (program === 'node') return existsSync(join(ROOT, first)) ? undefined : `no file ${first}`;
  if (program !== 'npm') return undefined;
  const script =
    first === 'run' ? rest.find((word) => !word.startsWith('-')) : ['test', 'start'].find((name) => name === first);
  if (script !== undefined) return script in scripts ? undefined : `no script ${script}`;
  return ['ci', 'install', 'audit'].includes(first) ? undefined : `npm does not know ${first}`;
}

test('every command that the documents name is there', () => {
  expect(commands.length).toBeGreaterThan(50);
  expect(commands.flatMap(({ at, text }) => faultIn(text)?.replace(/^/, `${at}: ${text}: `) ?? [])).toEqual([]);
});

test('a command that is not there is found out', () => {
  const wrong = [
    'npm run nothing',
    'node tools/none.ts',
    'npx owner-profiles fetch',
    'owner-profiles get anna --as-if',
  ];
  expect(wrong.map(faultIn)).toEqual([
    'no script nothing',
    'no file tools/none.ts',
    'no command fetch',
    'no option --as-if',
  ]);
  expect(faultIn('owner-profiles failures list|drop')).toBe('no command drop');
});

test('what a reader tries first is run', () => {
  const run = commands.filter(({ runs }) => runs).map(({ text }) => text);
  for (const text of ['npm ci', 'npm start', 'npm test', 'npx owner-profiles get anna-pl']) expect(run).toContain(text);
});
