/** `failures`: imports that could not be processed, and what an operator does about them. */
import { type Command, Option } from 'commander';
import { hasId, type Retried, retry } from '../../functions/use-cases/failures/retry.ts';
import { tableConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError, EXIT, usage } from '../errors.ts';
import { typedCount } from '../failures/confirm.ts';
import { failuresConnection, QUEUE_NAMES } from '../failures/connection.ts';
import { chosen, type FilterOptions, limit, matching, queuesOf, rate } from '../failures/options.ts';
import { hiddenSecondsAt, pacer, stopOnSignal } from '../failures/pace.ts';
import type { Failure, FailureQueues } from '../failures/queue.ts';
import { detailsOf, detailsText, failuresTable, maskedText, summaryOf, unmaskedText } from '../failures/view.ts';
import { optionsOf } from '../options.ts';
import { withBar } from '../progress-bar.ts';
import { confirmed, safe, safeJson } from '../terminal.ts';

/** A look is short: others should see the messages again soon. */
const LOOK_SECONDS = 60;
/** Time for a person to answer. */
const ASK_SECONDS = 900;
/** SQS hides 120,000 messages of a queue at most (developer guide, "message quotas"). */
const MOST_PURGED = 50_000;

export function failureCommands(cli: Command, context: Context): void {
  const failures = cli
    .command('failures')
    .description('imports that were parked or are dead letters (operators)')
    .option('--parked-queue-url <url>', 'parked queue (env OWNER_PROFILES_PARKED_QUEUE_URL)')
    .option('--dead-letter-queue-url <url>', 'dead-letter queue (env OWNER_PROFILES_DEAD_LETTER_QUEUE_URL)');
  filtered(failures.command('list', { isDefault: true }).description('what failed, why and since when'))
    .option('--limit <n>', 'how many to show', limit, 100)
    .action((_: unknown, command: Command) => list(optionsOf<FilterOptions & { limit: number }>(command), context));
  onQueue(failures.command('show').description('one failure: why, and its body with personal data masked'))
    .argument('<id>', 'id, as `failures list` shows it')
    .option('--unmasked', 'show the body as it is: it holds personal data')
    .action((id: string, _: unknown, command: Command) => {
      return show(id, optionsOf<FilterOptions & { unmasked?: boolean }>(command), context);
    });
  filtered(failures.command('retry').description('send failures back to the import queue'))
    .argument('[id...]', 'ids, as `failures list` shows them')
    .option('--all', 'all that were there when the command started')
    .option('--rate <rate>', 'messages per second at most, such as 50/s or 600/min', rate, 50)
    .option('--yes', 'do not ask')
    .action((ids: string[], _: unknown, command: Command) => {
      return retryThem(ids, optionsOf<FilterOptions & { all?: boolean; rate: number }>(command), context);
    });
  filtered(failures.command('purge').description('remove failures permanently'))
    .argument('[id...]', 'ids, as `failures list` shows them')
    .option('--all', 'all that were there when the command started')
    .option('--erased', 'only those of owners erased since (reads the table)')
    .option('--yes', 'do not ask')
    .action((ids: string[], _: unknown, command: Command) => {
      return purge(ids, optionsOf<PurgeOptions>(command), context);
    });
}

function onQueue(command: Command): Command {
  return command.addOption(
    new Option('--queue <queue>', 'which queue').choices(['parked', 'dead', 'both']).default('both'),
  );
}

function filtered(command: Command): Command {
  return onQueue(command)
    .option('--reason <code>', 'only those parked for this reason')
    .option('--client <id>', 'only those of this client')
    .option('--owner <id>', 'only those of this owner (ownerExternalId; needs --client)');
}

async function list(options: FilterOptions & { limit: number }, context: Context): Promise<void> {
  const found: Failure[] = [];
  await withQueues(options, context, async (queues) => {
    const matches = matching(options);
    for await (const batch of queues.walk(LOOK_SECONDS)) {
      // Bodies may be large, and a list shows none.
      found.push(...batch.filter(matches).map((failure) => ({ ...failure, body: '' })));
      if (found.length > options.limit) break;
    }
  });
  const shown = found.slice(0, options.limit).sort((a, b) => a.sentAt - b.sentAt);
  const now = context.clock();
  if (options.json) return context.out(safeJson({ failures: shown.map((failure) => summaryOf(failure, now)) }));
  if (shown.length === 0) return context.note('no failures');
  context.out(failuresTable(shown, now));
  if (found.length > shown.length) context.note(`the first ${shown.length}; --limit shows more`);
}

async function show(id: string, options: FilterOptions & { unmasked?: boolean }, context: Context): Promise<void> {
  const failure = await withQueues(options, context, async (queues) => {
    for await (const batch of queues.walk(LOOK_SECONDS)) {
      const found = batch.find((each) => hasId(each, id));
      if (found) return found;
    }
    return undefined;
  });
  if (!failure) throw unknown([id]);
  const now = context.clock();
  const body = options.unmasked ? unmaskedText(failure.body) : maskedText(failure.body);
  if (options.unmasked) context.note('warning: this is personal data; do not copy it into tickets, chats or files');
  if (options.json) return context.out(safeJson({ ...detailsOf(failure, now), body }));
  context.out(`${detailsText(failure, now)}\n\n${body}`);
}

type RetryOptions = FilterOptions & { all?: boolean; rate: number };

async function retryThem(ids: readonly string[], options: RetryOptions, context: Context): Promise<void> {
  const selected = chosen(ids, options, context.clock());
  if (ids.length === 0 && !options.yes && !context.interactive) {
    throw usage('many messages would be sent back', 'confirm it with --yes');
  }
  const signal = stopOnSignal(context.note);
  try {
    const retried = await withQueues(options, context, async (queues) => {
      const total = ids.length || (await queues.depth());
      const question = `Send back what matches of about ${total} messages, ${options.rate} a second?`;
      if (ids.length === 0 && !options.yes && !(await confirmed(question))) throw new CliError('nothing was sent');
      return withBar('sent back', total, context, (progress) =>
        retry(queues, {
          ...{ selected, ids, progress, stopped: signal.stopped },
          ...{ hiddenSeconds: hiddenSecondsAt(options.rate), pace: pacer(options.rate) },
        }),
      );
    });
    finish(retried, ids, signal.stopped(), options, context);
  } finally {
    signal.dispose();
  }
}

function finish(
  { sent, failed, notRemoved }: Retried,
  ids: readonly string[],
  stopped: boolean,
  options: FilterOptions,
  context: Context,
): void {
  for (const { id, reason } of failed) context.note(`not sent: ${safe(id)}: ${safe(reason)}`);
  if (notRemoved.length > 0) {
    context.note(`${notRemoved.length} were sent but not removed; sending them again does no harm`);
  }
  if (options.json) context.out(safeJson({ sent: sent.length, failed, notRemoved, stopped }));
  else context.out(`sent ${sent.length} back to the import queue`);
  if (failed.length > 0)
    throw new CliError(`${failed.length} were not sent`, 'they are still in their queue; try again');
  if (stopped)
    throw new CliError('stopped before the end', 'the rest is still in its queue; repeat the command to continue');
  const missing = ids.filter((id) => !sent.some((each) => hasId(each, id)));
  if (missing.length > 0) throw unknown(missing);
}

type PurgeOptions = FilterOptions & { all?: boolean; erased?: boolean };

async function purge(ids: readonly string[], options: PurgeOptions, context: Context): Promise<void> {
  const selected = chosen(ids, options, context.clock());
  if (!options.yes && !context.interactive) throw usage('purging cannot be undone', 'confirm it with --yes');
  const purged = await withQueues(options, context, async (queues) => {
    const found = await foundIn(queues, ids, selected, options, context);
    if (found.length > 0 && !options.yes) {
      const names = queuesOf(options).map((queue) => QUEUE_NAMES[queue]);
      const question = `Remove ${found.length} from the ${names.join(' and the ')}? This cannot be undone.`;
      if (!(await typedCount(question, found.length))) throw new CliError('nothing was removed');
    }
    const left = new Set(await queues.remove(found));
    return { removed: found.filter(({ id }) => !left.has(id)), left: [...left] };
  });
  if (options.json) context.out(safeJson({ removed: purged.removed.length, left: purged.left }));
  else context.out(`removed ${purged.removed.length}`);
  if (purged.left.length > 0) throw new CliError(`${purged.left.length} could not be removed`, 'try again');
  const missing = ids.filter((id) => !purged.removed.some((each) => hasId(each, id)));
  if (missing.length > 0) throw unknown(missing);
}

/** What a purge removes, without bodies. */
async function foundIn(
  queues: FailureQueues,
  ids: readonly string[],
  selected: (failure: Failure) => boolean,
  options: PurgeOptions,
  { env }: Context,
): Promise<Failure[]> {
  const erased =
    options.erased && (await (await import('../failures/erased.ts')).openErased(tableConnection(options, env)));
  const found: Failure[] = [];
  try {
    for await (const batch of queues.walk(options.yes ? LOOK_SECONDS * 5 : ASK_SECONDS)) {
      const mine = batch.filter(selected);
      found.push(...(erased ? await erased.among(mine) : mine).map((failure) => ({ ...failure, body: '' })));
      const isAll = ids.length > 0 && ids.every((id) => found.some((failure) => hasId(failure, id)));
      if (found.length >= MOST_PURGED || isAll) break;
    }
    return found;
  } finally {
    if (erased) erased.close();
  }
}

function unknown(ids: readonly string[]): CliError {
  const hint = 'see `owner-profiles failures list`; while somebody else reads a failure, it is hidden for a minute';
  return new CliError(`there is no failure ${ids.map(safe).join(', ')}`, hint, EXIT.notFound);
}

/** However the work ends, messages that it hid and did not remove become visible again. */
async function withQueues<Answer>(
  options: FilterOptions,
  context: Context,
  work: (queues: FailureQueues) => Promise<Answer>,
): Promise<Answer> {
  const connection = failuresConnection(options, context.env, queuesOf(options));
  // The SDK is loaded only when needed: commands without a queue start twice as fast.
  const queues = (await import('../failures/queue.ts')).openFailureQueues(connection);
  try {
    return await work(queues);
  } finally {
    await queues.close();
  }
}
