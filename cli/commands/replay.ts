/** `replay`: derives stored answers again, after a release with another built-in catalogue. For operators only. */

import type { Command } from 'commander';
import type { ReplayView } from '../../functions/contracts/http/catalogue.ts';
import { counted, estimateText } from '../catalogue/preview-view.ts';
import { watched } from '../catalogue/watch.ts';
import { tableConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError, EXIT, usage } from '../errors.ts';
import { type CommonOptions, optionsOf } from '../options.ts';
import type { Replays } from '../replays.ts';
import { confirmed, safe, safeJson } from '../terminal.ts';

type Options = CommonOptions & {
  readonly client?: string;
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly wait: boolean;
};
type Replayed = { readonly clientId: string; readonly runId: string; readonly replay: ReplayView };

export function replayCommand(cli: Command, context: Context): void {
  cli
    .command('replay')
    .description('rewrite the stored answers of owners after a release with another catalogue (operators)')
    .option('--client <id>', 'of this client')
    .option('--all', 'of all clients, one after the other')
    .option('--no-wait', 'start them and do not wait')
    .option('--yes', 'do not ask')
    .action(async (_: unknown, command: Command) => replayThem(optionsOf<Options>(command), context));
}

async function replayThem(options: Options, context: Context): Promise<void> {
  if ((options.client === undefined) === !options.all) throw usage('whose answers?', 'give --client ID, or --all');
  const connection = tableConnection(options, context.env);
  // The SDK is loaded only when needed.
  const replays = await (await import('../replays.ts')).openReplays(connection);
  try {
    const clientIds = await chosen(replays, options);
    await agreed(replays, clientIds, options, context);
    const done: Replayed[] = [];
    for (const clientId of clientIds) {
      const replayed = await replayOne(replays, clientId, options, context);
      if (!options.json) context.out(replayedText(replayed));
      done.push(replayed);
    }
    if (options.json) context.out(safeJson({ replays: done }));
    const failed = done.filter(({ replay }) => replay.status === 'failed');
    if (failed.length > 0)
      throw new CliError(`${failed.length} failed`, 'docs/how-to/runbook.md says how to continue a run');
  } finally {
    replays.close();
  }
}

async function chosen(replays: Replays, { client }: Options): Promise<readonly string[]> {
  const known = await replays.clientIds();
  if (client === undefined) return known;
  if (known.includes(client)) return [client];
  throw new CliError(`there is no client "${client}"`, 'see `owner-profiles clients list`', EXIT.notFound);
}

/** All owners are read and most are written, so it needs confirmation. */
async function agreed(
  replays: Replays,
  clientIds: readonly string[],
  { yes }: Options,
  context: Context,
): Promise<void> {
  for (const clientId of clientIds)
    context.note(`${safe(clientId)}: ${estimateText(await replays.estimate(clientId))}`);
  if (yes) return;
  if (!context.interactive) throw usage('answers would be derived again', 'confirm it with --yes');
  if (!(await confirmed('Derive their answers again?'))) throw new CliError('nothing was started');
}

async function replayOne(replays: Replays, clientId: string, { wait }: Options, context: Context): Promise<Replayed> {
  const runId = await replays.start(clientId);
  const first = await replays.read(clientId, runId);
  if (!wait) return { clientId, runId, replay: first };
  const again = () => replays.read(clientId, runId);
  const { run, interrupted } = await watched(first, again, ({ status }) => status !== 'running', context);
  if (!interrupted) return { clientId, runId, replay: run };
  throw new CliError(`the replay of ${clientId} continues in the background`, 'those after it were not started');
}

function replayedText({ clientId, runId, replay: { status, owners, rewritten, failed } }: Replayed): string {
  const told = `${safe(clientId)}: replay ${safe(runId)} ${status}`;
  if (status !== 'finished') return told;
  const faults = failed > 0 ? `, ${counted(failed)} failed` : '';
  return `${told}: ${counted(rewritten)} of ${counted(owners)} owners rewritten${faults}`;
}
