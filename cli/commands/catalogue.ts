/** `catalogue`: a client's own definitions, kept as files under its own version control. */
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { checkCommand, schemaCommand } from './catalogue-check.ts';
import { pullCommand } from './catalogue-pull.ts';

export function catalogueCommands(cli: Command, context: Context): void {
  const catalogue = cli.command('catalogue').description('your own definitions of profiles, kept as files');
  pullCommand(catalogue, context);
  checkCommand(catalogue, context);
  schemaCommand(catalogue, context);
}
