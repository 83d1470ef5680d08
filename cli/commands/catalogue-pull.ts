/** `catalogue pull`: the client's catalogue at the service, or a built-in definition, as files. */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Command } from 'commander';
import { amendmentJsonSchema, readAmendment } from '../../functions/contracts/catalogue/amendment.ts';
import { NO_AMENDMENT } from '../../functions/domain/catalogue/amendment.ts';
import { nearest } from '../../functions/domain/values/nearest.ts';
import { builtInCatalogue, builtInFile } from '../catalogue/built-in.ts';
import { rememberDraft } from '../catalogue/draft.ts';
import { FILES, readFolderToFill, textOf } from '../catalogue/folder.ts';
import { type Catalogue, catalogueAt } from '../catalogue/service.ts';
import { apply, type Change, changesTo, definitionModeline, settingsText, writeSchema } from '../catalogue/write.ts';
import { apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError, EXIT, usage } from '../errors.ts';
import { type CommonOptions, optionsOf } from '../options.ts';
import { safe, safeJson } from '../terminal.ts';
import { onFolder } from './catalogue-check.ts';

type Options = CommonOptions & {
  readonly draft?: boolean;
  readonly version?: string;
  readonly builtIn?: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
};

export function pullCommand(catalogue: Command, context: Context): void {
  onFolder(catalogue.command('pull').description('write your catalogue as files; those with the same content stay'))
    .option('--draft', 'the draft (default: the active catalogue)')
    .option('--version <version>', 'an older version, as `catalogue versions` shows it')
    .option('--built-in <id>', 'only copy this built-in definition, to change it')
    .option('--force', 'overwrite and remove files with other content')
    .option('--dry-run', 'only show what would be written')
    .action(async (directory: string, _: unknown, command: Command) => {
      const options = optionsOf<Options>(command);
      const sources = [options.draft, options.version, options.builtIn].filter((source) => source !== undefined);
      if (sources.length > 1) throw usage('--draft, --version and --built-in exclude each other');
      if (options.builtIn !== undefined) await pullBuiltIn(options.builtIn, directory, options, context);
      else await pull(directory, options, context);
    });
}

async function pull(directory: string, options: Options, context: Context): Promise<void> {
  const catalogue = catalogueAt(apiConnection(options, context.env));
  const { version, amendment } = await wanted(catalogue, options);
  // Ids become file names: never write anything that is not a valid amendment.
  const { value, faults = [] } = readAmendment(amendment);
  if (!value)
    throw new CliError(`the service answered with an invalid amendment: ${faults[0]?.path} ${faults[0]?.message}`);
  const schema = await catalogue.schema();
  const changes = changesTo(readFolderToFill(directory), value);
  settle(directory, changes, options, context);
  if (!options.dryRun) {
    writeSchema(directory, schema);
    if (options.draft) rememberDraft(directory, version);
  }
  if (options.json) return context.out(safeJson({ directory, version, changes: changes.map(withoutText) }));
  context.out(changes.length === 0 ? `${safe(directory)} says what ${version} says` : listOf(changes));
}

async function wanted(catalogue: Catalogue, { draft, version }: Options) {
  if (version !== undefined) return catalogue.version(version);
  return draft ? catalogue.draft() : catalogue.active();
}

async function pullBuiltIn(id: string, directory: string, options: Options, context: Context): Promise<void> {
  const base = await builtInCatalogue();
  const ids = base.definitions.map(({ document }) => document.id);
  if (!ids.includes(id)) {
    const near = nearest(id, ids);
    throw new CliError(
      `there is no built-in profile ${id}${near ? `; did you mean ${near}?` : ''}`,
      undefined,
      EXIT.notFound,
    );
  }
  const folder = readFolderToFill(directory);
  const known = folder.profiles.find((profile) => profile.id === id);
  const inYaml = known && extname(known.file) !== '.json';
  const file = inYaml ? known.file : join(directory, FILES.profiles, `${id}.yaml`);
  const text = definitionModeline + readFileSync(builtInFile(id), 'utf8');
  const changes: Change[] = [];
  if (!folder.settings)
    changes.push({ file: join(directory, FILES.settings), change: 'new', text: settingsText(NO_AMENDMENT) });
  if (known && !inYaml) changes.push({ file: known.file, change: 'removed' });
  if (textOf(file) !== text) changes.push({ file, change: inYaml ? 'overwritten' : 'new', text });
  settle(directory, changes, options, context);
  if (!options.dryRun) writeSchema(directory, amendmentJsonSchema(base.labelNames));
  if (options.json) return context.out(safeJson({ directory, changes: changes.map(withoutText) }));
  context.out(changes.length === 0 ? `${safe(file)} is the built-in definition` : listOf(changes));
}

/** @throws {CliError} when something would be lost without consent */
function settle(directory: string, changes: readonly Change[], { force, dryRun }: Options, context: Context): void {
  const lost = changes.filter(({ change }) => change !== 'new');
  if (lost.length > 0 && !force && !dryRun) {
    context.note(listOf(changes));
    throw new CliError(
      `${lost.length === 1 ? 'a file says' : `${lost.length} files say`} something else; nothing was written`,
      'commit what you want to keep, then repeat it with --force',
    );
  }
  if (!dryRun) apply(directory, changes);
}

function listOf(changes: readonly Change[]): string {
  return changes.map(({ change, file }) => `${change.padEnd(12)}${safe(file)}`).join('\n');
}

function withoutText({ file, change }: Change) {
  return { file, change };
}
