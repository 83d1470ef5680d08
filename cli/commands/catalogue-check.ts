/** `catalogue check` and `catalogue schema`: the commands that need no service. */
import type { Command } from 'commander';
import { amendmentJsonSchema } from '../../functions/contracts/catalogue/amendment.ts';
import type { AmendmentDocument } from '../../functions/domain/catalogue/amendment.ts';
import { builtInCatalogue } from '../catalogue/built-in.ts';
import { checkFolder } from '../catalogue/check.ts';
import { readClientFolder, usualFolder } from '../catalogue/folder.ts';
import { inOneLine, type SourceFault } from '../catalogue/source.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { optionsOf } from '../options.ts';
import { safe, safeJson } from '../terminal.ts';

export function onFolder(command: Command): Command {
  return command.argument('[dir]', 'folder of your catalogue', usualFolder());
}

export function checkCommand(catalogue: Command, context: Context): void {
  onFolder(catalogue.command('check').description('check the files, without a service')).action(
    async (directory: string, _: unknown, command: Command) => {
      const { json } = optionsOf<object>(command);
      const folder = readClientFolder(directory);
      const base = await builtInCatalogue();
      const { amendment, faults } = checkFolder(folder, base);
      if (json) context.out(safeJson({ directory, builtIn: base.version, faults }));
      refuseFaults(faults, context);
      if (!json) context.out(`${safe(directory)}: ${contentOf(amendment)}; no faults`);
    },
  );
}

export function schemaCommand(catalogue: Command, context: Context): void {
  catalogue
    .command('schema')
    .description('the JSON Schema of the files, for editors')
    .action(async () => {
      const { labelNames } = await builtInCatalogue();
      context.out(safeJson(amendmentJsonSchema(labelNames)));
    });
}

/**
 * The content of the folder, once it is valid.
 *
 * @throws {CliError} with every fault in it
 */
export async function checkedAmendment(directory: string, context: Context): Promise<AmendmentDocument> {
  const { amendment, faults } = checkFolder(readClientFolder(directory), await builtInCatalogue());
  refuseFaults(faults, context);
  return amendment;
}

export function refuseFaults(faults: readonly SourceFault[], context: Context): void {
  if (faults.length === 0) return;
  for (const fault of faults) context.note(safe(inOneLine(fault)));
  const files = new Set(faults.map(({ file }) => file)).size;
  throw new CliError(`${count(faults.length, 'fault')} in ${count(files, 'file')}`);
}

function contentOf({ profiles, disabled, enabled, labels, rules }: AmendmentDocument): string {
  const words =
    labels.length + rules.length > 0 ? `, ${count(labels.length, 'label')}, ${count(rules.length, 'rule')}` : '';
  return `${count(profiles.length, 'definition')}${words}, ${disabled.length} disabled, ${enabled.length} enabled`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
