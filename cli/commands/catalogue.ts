/** `catalogue`: a client's own definitions, as files in the client's version control. */
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { checkCommand, schemaCommand } from './catalogue-check.ts';
import { previewCommand } from './catalogue-preview.ts';
import { publishCommand, rollbackCommand } from './catalogue-publish.ts';
import { pullCommand } from './catalogue-pull.ts';
import { statusCommand, versionsCommand } from './catalogue-status.ts';
import { suggestCommand } from './catalogue-suggest.ts';
import { distributionCommand } from './segments-kept.ts';

export function catalogueCommands(cli: Command, context: Context): void {
  const catalogue = cli.command('catalogue').description('your own definitions of profiles, kept as files');
  pullCommand(catalogue, context);
  checkCommand(catalogue, context);
  previewCommand(catalogue, context);
  publishCommand(catalogue, context);
  rollbackCommand(catalogue, context);
  versionsCommand(catalogue, context);
  statusCommand(catalogue, context);
  schemaCommand(catalogue, context);
  suggestCommand(catalogue, context);
  distributionCommand(catalogue, context);
}
