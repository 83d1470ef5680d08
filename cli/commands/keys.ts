/** `keys`: API keys of a client. For operators only: it writes to the table directly. */
import { type Command, Option } from 'commander';
import { SCOPES, type Scope } from '../../functions/contracts/http/routes.ts';
import { PURPOSES, type Purpose } from '../../functions/domain/catalogue/client-settings.ts';
import { tableConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../errors.ts';
import { addresses, DEFAULT_SCOPES, optionsOf, scopes } from '../options.ts';
import { safe, safeJson, table } from '../terminal.ts';

type CreateOptions = { scopes?: Scope[]; allow?: string[]; purpose?: Purpose };

export function keyCommands(cli: Command, context: Context): void {
  const keys = cli.command('keys').description('API keys of a client (operators)');
  keys
    .command('create')
    .description('create a key; it is shown once')
    .argument('<client>', 'id of the client')
    .option('--scopes <list>', `${SCOPES.join(', ')} (default: read,write)`, scopes)
    .option('--allow <blocks>', 'address blocks (CIDR) it may be used from (default: any)', addresses)
    .addOption(
      new Option('--purpose <purpose>', 'credit: nothing about health, beliefs or addictions').choices(PURPOSES),
    )
    .action(async (clientId: string, _: unknown, command: Command) => {
      const options = optionsOf<CreateOptions>(command);
      const { scopes: given = DEFAULT_SCOPES, allow = [], purpose } = options;
      const store = await context.openClientStore(tableConnection(options, context.env));
      const key = { clientId, scopes: given, addresses: allow, ...(purpose && { purpose }) };
      showKey(context, { ...(await store.createKey(key)), ...key }, options.json);
    });
  keys
    .command('list')
    .description('the keys of a client, without their secrets')
    .argument('<client>', 'id of the client')
    .action(async (clientId: string, _: unknown, command: Command) => {
      const options = optionsOf<object>(command);
      const store = await context.openClientStore(tableConnection(options, context.env));
      const all = await store.listKeys(clientId);
      if (options.json) return context.out(safeJson({ keys: all }));
      const rows = all.map((key) => [
        safe(key.keyId),
        key.scopes.map(safe).join(', '),
        key.addresses.map(safe).join(', ') || 'any',
        safe(key.purpose ?? ''),
        safe(key.createdAt),
        safe(key.createdBy ?? ''),
        key.revokedAt ? `revoked ${safe(key.revokedAt)}` : '',
      ]);
      context.out(table(['key', 'scopes', 'addresses', 'purpose', 'created', 'by', ''], rows));
    });
  keys
    .command('revoke')
    .description('revoke a key: it stops working')
    .argument('<keyId>', 'id of the key, as `keys list` shows it')
    .option('--client <id>', 'its client (default: the client that has the key)')
    .action(async (keyId: string, _: unknown, command: Command) => {
      const options = optionsOf<{ client?: string }>(command);
      const store = await context.openClientStore(tableConnection(options, context.env));
      const clientId = options.client ?? (await ownerOf(keyId, store));
      await store.revokeKey(clientId, keyId);
      if (options.json) context.out(safeJson({ clientId, keyId, revoked: true }));
      else context.out(`${safe(keyId)} of ${safe(clientId)} is revoked`);
    });
}

/** Clients are few: searching them spares the operator the second id. */
async function ownerOf(keyId: string, store: Awaited<ReturnType<Context['openClientStore']>>): Promise<string> {
  for (const { clientId } of await store.listClients()) {
    if ((await store.listKeys(clientId)).some((key) => key.keyId === keyId)) return clientId;
  }
  throw new CliError(`no client has a key ${keyId}`, 'see `owner-profiles keys list CLIENT`', EXIT.notFound);
}

type NewKey = {
  clientId: string;
  keyId: string;
  apiKey: string;
  scopes: readonly Scope[];
  addresses: readonly string[];
  purpose?: Purpose;
};

export function showKey(context: Context, key: NewKey, json: boolean | undefined): void {
  if (json) {
    context.out(safeJson(key));
    return;
  }
  const purpose = key.purpose === undefined ? '' : `, for ${key.purpose}`;
  context.note(
    `key ${safe(key.keyId)} of ${safe(key.clientId)}: ${key.scopes.join(', ')}, from ${key.addresses.join(', ') || 'any address'}${purpose}`,
  );
  context.note('It is shown once; only its hash is stored.');
  context.out(key.apiKey);
}
