import type { Command } from 'commander';
import { call } from '../api.ts';
import { apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError, usage } from '../errors.ts';
import { optionsOf } from '../options.ts';
import { confirmed, safe, safeJson } from '../terminal.ts';

export function eraseCommand(cli: Command, context: Context): void {
  cli
    .command('erase')
    .description('erase everything about an owner, permanently')
    .argument('<owner>', 'ownerExternalId')
    .option('--yes', 'do not ask')
    .action(async (owner: string, _: unknown, command: Command) => {
      const options = optionsOf<{ yes?: boolean }>(command);
      const connection = apiConnection(options, context.env);
      if (!options.yes) {
        if (!context.interactive) throw usage('erasing cannot be undone', 'confirm it with --yes');
        const question = `Erase everything about ${safe(owner)} at ${connection.baseUrl}? This cannot be undone.`;
        if (!(await confirmed(question))) throw new CliError('nothing was erased');
      }
      await call(connection, { method: 'DELETE', path: 'owner', query: { ownerExternalId: owner } });
      if (options.json) context.out(safeJson({ ownerExternalId: owner, erased: true }));
      else context.out(`${safe(owner)} is erased`);
    });
}
