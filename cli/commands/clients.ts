/** `clients`: the companies that use the service. For operators only: it writes to the table directly. */
import { type Command, Option } from 'commander';
import type { Scope } from '../../functions/contracts/http/routes.ts';
import { PURPOSES } from '../../functions/domain/catalogue/client-settings.ts';
import { tableConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError, messageOf, usage } from '../errors.ts';
import type { ClientChanges } from '../operator.ts';
import { addresses, DEFAULT_SCOPES, listed, names, optionsOf, scopes, wholeNumber } from '../options.ts';
import { safe, safeJson, table } from '../terminal.ts';
import { checkPlan, plansIn } from '../usage-keys.ts';
import { showKey } from './keys.ts';

type CreateOptions = {
  name?: string;
  scopes?: Scope[];
  allow?: string[];
  enable?: string[];
  sender?: string[];
  plan?: string;
};

type SetOptions = {
  smallestGroup?: number;
  nightly?: 'on' | 'off';
  nightlyFeature?: string[];
  nightlyUnlabelled?: boolean;
  enable?: string[];
  purpose?: 'credit' | 'none';
  plan?: string;
};

export function clientCommands(cli: Command, context: Context): void {
  const clients = cli.command('clients').description('clients of the service (operators)');
  setCommand(clients, context);
  clients
    .command('create')
    .description('create a client and its first key')
    .argument('<client>', 'id of the client: a-z, 0-9 and hyphens')
    .option('--name <name>', 'display name (default: the id)')
    .option('--scopes <list>', 'scopes of its first key (default: read,write)', scopes)
    .option('--allow <blocks>', 'address blocks (CIDR) its first key may be used from (default: any)', addresses)
    .option('--enable <profiles>', 'sensitive profiles to turn on', names)
    .option(
      '--sender <ids>',
      'IAM ids (AROA…, AIDA…) that may send imports for it (default: every allowed sender)',
      names,
    )
    .option('--plan <plan>', "its plan, one of the stage's `limits` (default: their `default`)")
    .action(async (clientId: string, _: unknown, command: Command) => {
      const options = optionsOf<CreateOptions>(command);
      const connection = tableConnection(options, context.env);
      const plan = options.plan ?? plansIn(connection.outputs).keys().next().value;
      if (plan !== undefined) checkPlan(connection.outputs, plan);
      const store = await context.openClientStore(connection);
      const enabledProfiles = options.enable ?? [];
      await store.createClient({
        clientId,
        name: options.name ?? clientId,
        enabledProfiles,
        ...(options.sender && { senders: options.sender }),
      });
      const key = { clientId, scopes: options.scopes ?? DEFAULT_SCOPES, addresses: options.allow ?? [] };
      const made = await store.createKey(key).catch((error: unknown) => {
        throw new CliError(
          `the client exists now, but has no key: ${messageOf(error)}`,
          `then: owner-profiles keys create ${clientId}`,
        );
      });
      showKey(context, { ...made, ...key }, options.json);
      if (plan === undefined) return;
      await store.setClient(clientId, { plan }).catch((error: unknown) => {
        throw new CliError(
          `the client and its key exist now, but it shares the limit of clients without a plan: ${messageOf(error)}`,
          `then: owner-profiles clients set ${clientId} --plan ${plan}`,
        );
      });
    });
  clients
    .command('list')
    .description('all clients')
    .action(async (_: unknown, command: Command) => {
      const options = optionsOf<object>(command);
      const store = await context.openClientStore(tableConnection(options, context.env));
      const all = await store.listClients();
      if (options.json) return context.out(safeJson({ clients: all }));
      const rows = all.map((client) => [
        safe(client.clientId),
        safe(client.name),
        (client.enabledProfiles ?? []).map(safe).join(', '),
        String(client.smallestGroup ?? 10),
        client.nightly?.on === false ? 'off' : ['on', ...(client.nightly?.features ?? []).map(safe)].join(', '),
        safe(client.usage?.plan ?? ''),
        safe(client.createdAt),
      ]);
      context.out(table(['client', 'name', 'enabled profiles', 'smallest group', 'nightly', 'plan', 'created'], rows));
    });
}

function setCommand(clients: Command, context: Context): void {
  clients
    .command('set')
    .description('change settings of a client; the others stay as they are')
    .argument('<client>', 'id of the client')
    .option('--smallest-group <owners>', 'counts are rounded down to multiples of this (default: 10)', wholeNumber)
    .addOption(new Option('--nightly <on|off>', 'whether to take a snapshot every night').choices(['on', 'off']))
    .option(
      '--nightly-feature <feature>',
      "feature that the nightly snapshot keeps, such as 'cafe.count 180d', or definitions; repeatable",
      listed,
    )
    .option('--nightly-unlabelled', 'the nightly snapshot keeps the merchants without a label')
    .option('--enable <profiles>', 'sensitive profiles to turn on; replaces those before', names)
    .addOption(
      new Option('--purpose <purpose>', 'credit: nothing about health, beliefs or addictions').choices([
        ...PURPOSES,
        'none',
      ]),
    )
    .option('--plan <plan>', "its plan, one of the stage's `limits`")
    .action(async (clientId: string, _: unknown, command: Command) => {
      const options = optionsOf<SetOptions>(command);
      const changes = changesIn(options);
      if (Object.keys(changes).length === 0)
        throw usage('no setting is given', 'see owner-profiles clients set --help');
      const connection = tableConnection(options, context.env);
      if (changes.plan !== undefined) checkPlan(connection.outputs, changes.plan);
      const store = await context.openClientStore(connection);
      await store.setClient(clientId, changes);
      if (options.json) context.out(safeJson({ clientId, ...changes }));
      else context.out(`${safe(clientId)} is changed`);
    });
}

/** The settings of the nightly snapshot are replaced together: anything not named is turned off. */
function changesIn({
  smallestGroup,
  nightly,
  nightlyFeature,
  nightlyUnlabelled,
  enable,
  purpose,
  plan,
}: SetOptions): ClientChanges {
  const setsNight = nightly !== undefined || nightlyFeature !== undefined || nightlyUnlabelled !== undefined;
  return {
    ...(smallestGroup !== undefined && { smallestGroup }),
    ...(setsNight && {
      nightly: { on: nightly !== 'off', features: nightlyFeature ?? [], unlabelled: nightlyUnlabelled === true },
    }),
    ...(enable && { enabledProfiles: enable }),
    ...(purpose && { purpose }),
    ...(plan !== undefined && { plan }),
  };
}
