/**
 * The command line: its commands, its connection options, and the one place that turns errors into a sentence and an exit
 * code.
 */
import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { ApiError } from './api.ts';
import { signAs } from './aws.ts';
import { catalogueCommands } from './commands/catalogue.ts';
import { changesCommand } from './commands/changes.ts';
import { clientCommands } from './commands/clients.ts';
import { costCommand } from './commands/cost.ts';
import { doctorCommand } from './commands/doctor.ts';
import { dossierCommand } from './commands/dossier.ts';
import { eraseCommand } from './commands/erase.ts';
import { explainCommand } from './commands/explain.ts';
import { failureCommands } from './commands/failures.ts';
import { getCommand } from './commands/get.ts';
import { historyCommand } from './commands/history.ts';
import { importCommand } from './commands/import.ts';
import { keyCommands } from './commands/keys.ts';
import { featuresCommand, profilesCommand } from './commands/look-up.ts';
import { operatorKeyCommands } from './commands/operator-keys.ts';
import { policyCommand } from './commands/policy.ts';
import { replayCommand } from './commands/replay.ts';
import { restoreCommand } from './commands/restore.ts';
import { segmentsCommands } from './commands/segments.ts';
import { snapshotsCommands } from './commands/snapshots.ts';
import { statusCommand } from './commands/status.ts';
import { transactionsCommand } from './commands/transactions.ts';
import { webhookCommands } from './commands/webhooks.ts';
import type { Context } from './context.ts';
import { CliError, EXIT, messageOf } from './errors.ts';
import { signerOf } from './policies/commands.ts';
import { safe, safeJson } from './terminal.ts';

/** @returns the exit code (`EXIT`); never rejects */
export async function run(args: readonly string[], context: Context): Promise<number> {
  // By itself alone, because commands have an option of this name.
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    context.out(manifest.version);
    return EXIT.ok;
  }
  try {
    await commandLine(context).parseAsync([...args], { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    // Requested help is a success; help shown because the command is missing is not.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    // A script that asked for JSON gets the problem document too.
    if (error instanceof ApiError && args.includes('--json')) context.out(safeJson(error.problem));
    context.note(`error: ${lines(messageOf(error))}`);
    if (error instanceof CliError && error.hint) context.note(`  ${lines(error.hint)}`);
    return error instanceof CliError ? error.exitCode : EXIT.failed;
  }
}

/** Keeps our own line breaks; text of others in a message cannot drive the terminal. */
function lines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.match(/^ */)?.[0] + safe(line.trimStart()))
    .join('\n');
}

/** All commands with their options; parsing the arguments runs one. */
export function commandLine(context: Context): Command {
  const cli = new Command('owner-profiles')
    .description('Import bank data, look up lifestyle profiles, and see the transactions behind them.')
    .option('--url <url>', 'address of the service (env OWNER_PROFILES_URL)')
    .option('--key <key>', 'API key (prefer env OWNER_PROFILES_KEY: other users of the machine can see arguments)')
    .option(
      '--outputs <file>',
      'file of outputs: written by `npm start` (DATA_DIR/outputs.json) or by `cdk deploy --outputs-file`',
    )
    .option('--stack <name>', 'which stack, if the file has several')
    .option('--queue-url <url>', 'import queue (env OWNER_PROFILES_QUEUE_URL)')
    .option('--table <name>', 'table, used by clients, keys and restore (env OWNER_PROFILES_TABLE)')
    .option(
      '--hash-key-secret <id>',
      'secret of the hashes, used for new keys and restore (env OWNER_PROFILES_HASH_KEY_SECRET)',
    )
    .option('--region <region>', 'AWS region (env AWS_REGION)')
    .option('--json', 'print the raw JSON')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.out(text.trimEnd()),
      writeErr: (text) => context.note(text.trimEnd()),
    })
    .addHelpText('after', '\nowner-profiles --version prints the version.')
    .showHelpAfterError('(see owner-profiles --help)');
  importCommand(cli, context);
  getCommand(cli, context);
  explainCommand(cli, context);
  historyCommand(cli, context);
  transactionsCommand(cli, context);
  dossierCommand(cli, context);
  featuresCommand(cli, context);
  profilesCommand(cli, context);
  changesCommand(cli, context);
  webhookCommands(cli, context);
  eraseCommand(cli, context);
  segmentsCommands(cli, context);
  snapshotsCommands(cli, context);
  catalogueCommands(cli, context);
  clientCommands(cli, context);
  keyCommands(cli, context);
  operatorKeyCommands(cli, context);
  costCommand(cli, context);
  doctorCommand(cli, context);
  statusCommand(cli, context);
  failureCommands(cli, context);
  replayCommand(cli, context);
  restoreCommand(cli, context);
  policyCommand(cli, context);
  cli.hook('preAction', (_, command) => signAs(signerOf(pathOf(command))));
  return cli;
}

/** `keys create`: the words by which a command is called. */
function pathOf(command: Command): string {
  const above = command.parent;
  return above?.parent ? `${pathOf(above)} ${command.name()}` : command.name();
}
