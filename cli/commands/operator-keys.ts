/** `operator-keys`: keys of operators, which belong to no client. It writes to the table directly, as nothing else can. */
import type { Command } from 'commander';
import { tableConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { addresses, optionsOf } from '../options.ts';
import { safe, safeJson, table } from '../terminal.ts';

export function operatorKeyCommands(cli: Command, context: Context): void {
  const keys = cli
    .command('operator-keys')
    .description('keys of operators, for the failures of all clients (operators)');
  keys
    .command('create')
    .description('create a key; it is shown once')
    .option('--allow <blocks>', 'address blocks (CIDR) it may be used from (default: any)', addresses)
    .action(async (_: unknown, command: Command) => {
      const options = optionsOf<{ allow?: string[] }>(command);
      const store = await context.openClientStore(tableConnection(options, context.env));
      const made = await store.createOperatorKey(options.allow ?? []);
      if (options.json) return context.out(safeJson(made));
      context.note(`key ${safe(made.keyId)} of an operator, from ${made.addresses.join(', ') || 'any address'}`);
      context.note('It is shown once; only its hash is stored.');
      context.out(made.apiKey);
    });
  keys
    .command('list')
    .description('the keys of operators, without their secrets')
    .action(async (_: unknown, command: Command) => {
      const options = optionsOf<object>(command);
      const store = await context.openClientStore(tableConnection(options, context.env));
      const all = await store.listOperatorKeys();
      if (options.json) return context.out(safeJson({ keys: all }));
      const rows = all.map(({ keyId, addresses: from, createdAt, revokedAt }) => [
        safe(keyId),
        from.map(safe).join(', ') || 'any',
        safe(createdAt),
        revokedAt ? `revoked ${safe(revokedAt)}` : '',
      ]);
      context.out(table(['key', 'addresses', 'created', ''], rows));
    });
  keys
    .command('revoke')
    .description('revoke a key: it stops working')
    .argument('<keyId>', 'id of the key, as `operator-keys list` shows it')
    .action(async (keyId: string, _: unknown, command: Command) => {
      const options = optionsOf<object>(command);
      const store = await context.openClientStore(tableConnection(options, context.env));
      await store.revokeOperatorKey(keyId);
      if (options.json) context.out(safeJson({ keyId, revoked: true }));
      else context.out(`${safe(keyId)} is revoked`);
    });
}
