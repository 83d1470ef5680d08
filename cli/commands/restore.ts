/** `restore`: copies what the table lost from a copy that point-in-time recovery restored beside it. For operators only. */
import type { Command } from 'commander';
import { answered, clientOptions, TABLE } from '../aws.ts';
import { type TableConnection, tableConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError, usage } from '../errors.ts';
import { rate } from '../failures/options.ts';
import { hashKey } from '../operator.ts';
import { type CommonOptions, names, optionsOf } from '../options.ts';
import { withoutWrites } from '../restore/dry-run.ts';
import { readErasures } from '../restore/erasures.ts';
import type { Counts, Restored } from '../restore/run.ts';
import { countsTable, warnings } from '../restore/view.ts';
import { safeJson } from '../terminal.ts';

type RestoreOptions = CommonOptions & {
  readonly from: string;
  readonly dryRun?: boolean;
  readonly erased?: string;
  readonly revoked?: string[];
  readonly rate: number;
};

/** More than the SDK's three: under live load a table throttles now and then, and one slow owner does not matter. */
const MOST_ATTEMPTS = 8;
const NOTE_EVERY_MS = 10_000;
/** Without a page in the table, nothing is restored that could be kept too long. */
const LONGEST_RETENTION_MONTHS = 600;

export function restoreCommand(cli: Command, context: Context): void {
  cli
    .command('restore')
    .description('put back what the table lost, from a table restored beside it (operators)')
    .requiredOption('--from <table>', 'the restored table')
    .option('--dry-run', 'write nothing, and count what would be put back')
    .option('--erased <file>', 'owners erased since then: erase them again, put back nothing of them')
    .option('--revoked <keys>', 'ids of keys revoked since then: do not put them back', names)
    .option('--rate <rate>', 'owners per second at most, such as 200/s or 600/min', rate, 200)
    .action((_: unknown, command: Command) => restoreFrom(optionsOf<RestoreOptions>(command), context));
}

async function restoreFrom(options: RestoreOptions, context: Context): Promise<void> {
  const connection = tableConnection(options, context.env);
  if (options.from === connection.table) throw usage(`--from is the live table ${connection.table} itself`);
  const erased = options.erased === undefined ? [] : readErasures(options.erased, context.clock());
  const key = await hashKey(connection);
  const done = await answered(TABLE, work(options, connection, key, erased, context));
  for (const warning of warnings(done)) context.note(warning);
  if (options.json) context.out(safeJson({ dryRun: options.dryRun === true, ...done }));
  else context.out(countsTable(done.counts, options.dryRun === true));
  const { failed } = done.counts;
  if (failed > 0) throw new CliError(`${failed} owners or clients were not put back`, 'run it again: the rest stays');
}

async function work(
  options: RestoreOptions,
  connection: TableConnection,
  { hashOf, ownerKey }: Awaited<ReturnType<typeof hashKey>>,
  erased: ReturnType<typeof readErasures>,
  context: Context,
): Promise<Restored> {
  // The SDK is loaded only when needed: commands without a table start twice as fast.
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const { restore } = await import('../restore/run.ts');
  const { retentionMonths } = await import('../restore/tables.ts');
  const open = () =>
    new DynamoDBClient({ ...clientOptions(connection.region, connection.endpoint), maxAttempts: MOST_ATTEMPTS });
  const [live, restored] = [
    { dynamo: options.dryRun ? withoutWrites(open()) : open(), table: connection.table },
    { dynamo: open(), table: options.from },
  ];
  try {
    return await restore({
      ...{ live, restored, hashOf, ownerKey, erased, progress: progressOf(context), clock: context.clock },
      retentionMonths: (await retentionMonths({ live, restored })) ?? LONGEST_RETENTION_MONTHS,
      dryRun: options.dryRun === true,
      revokedKeys: new Set(options.revoked),
      partitionsPerSecond: options.rate,
    });
  } finally {
    live.dynamo.destroy();
    restored.dynamo.destroy();
  }
}

function progressOf(context: Context): (counts: Counts) => void {
  let last = performance.now();
  return ({ owners, ownersPutBack }) => {
    if (performance.now() - last < NOTE_EVERY_MS) return;
    last = performance.now();
    context.note(`${owners} owners checked, ${ownersPutBack} put back`);
  };
}
