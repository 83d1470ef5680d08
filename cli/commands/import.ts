/** `import`: reads every file, and sends their content only when all of them are valid. */
import { type Command, Option } from 'commander';
import { SOURCES } from '../../functions/domain/ledger/ledger.ts';
import { readAccountTable } from '../account-table.ts';
import { type ApiConnection, apiConnection, type QueueConnection, queueConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError, usage } from '../errors.ts';
import { openCheckpoint } from '../import-checkpoint.ts';
import { type FileReport, FORMATS, type ReadFiles, readImportFiles } from '../import-files.ts';
import { mappingOption, writeMapping } from '../import-mapping.ts';
import type { ImportSettings, Message } from '../import-messages.ts';
import { accountsTable, filesTable, inWords, summaryOf, totalsOf } from '../import-view.ts';
import { type Became, becameTable, waitForImports } from '../import-wait.ts';
import { type CommonOptions, currency, instant, optionsOf, seconds } from '../options.ts';
import { withBar } from '../progress-bar.ts';
import type { Failure, Progress, Sent } from '../queue.ts';
import { safe, safeJson } from '../terminal.ts';

type ImportOptions = ImportSettings & {
  readonly via?: 'queue' | 'api';
  readonly dryRun?: boolean;
  readonly accounts?: string;
  readonly map?: boolean;
  readonly wait?: number | true;
};

const DEFAULT_WAIT_SECONDS = 60;

/** Fewer files or messages are done before anybody could read a bar. */
const BAR_FROM = 20;

export function importCommand(cli: Command, context: Context): void {
  cli
    .command('import')
    .description(
      'import bank data: import messages (JSON, ndjson), or files of banks and aggregators (see --format), also .gz and .zip',
    )
    .argument('<file...>', 'files, folders and patterns; - is standard input')
    .addOption(new Option('--format <format>', 'format of the files (default: detected)').choices(FORMATS))
    .option('--owner <id>', 'ownerExternalId (default: that of the file)')
    .option('--client <id>', 'clientId (default: that of the message, or of the outputs)')
    .addOption(new Option('--source <source>', 'source of the data (default: by format)').choices(SOURCES))
    .option('--imported-at <instant>', 'when the data was fetched (default: the time in the file, else now)', instant)
    .option('--keep-labels', 'keep the labels of a Kontomatik reply')
    .option('--whole-days', 'treat the first and last day of every statement as complete')
    .option('--accounts <file>', 'file that maps account ids that changed to lasting ones (lines old;new, or JSON)')
    .option('--encoding <name>', 'character set of the files, such as windows-1250 (default: detected)')
    .option('--account <number>', 'number of the account, for files that do not name it')
    .option('--currency <code>', 'currency of the account, for files that do not name it', currency)
    .option(
      '--mapping <mapping>',
      'what the columns of a CSV or XLSX mean: a bank preset, a mapping file, or a mapping as JSON',
    )
    .option('--map', 'send nothing: write FILE.mapping.json for a CSV or XLSX, asking for each column on a terminal')
    .addOption(
      new Option('--via <way>', 'how to send (default: queue if it is known, else api)').choices(['queue', 'api']),
    )
    .option('--wait [seconds]', 'wait for the outcome of every import (default: 60 s)', seconds)
    .option('--dry-run', 'read and check, show what would be sent, send nothing')
    .action(async (files: string[], _: unknown, command: Command) => {
      await importFiles(files, optionsOf<ImportOptions>(command), context);
    });
}

async function importFiles(
  files: readonly string[],
  options: CommonOptions & ImportOptions,
  context: Context,
): Promise<void> {
  if (new Set(files).size < files.length) throw usage('the same file is given twice');
  if (options.map) return mapColumns(files, options, context);
  const queue = queueConnection(options, context.env);
  const way = options.via ?? (queue ? 'queue' : 'api');
  // Through the API the key names the client, but the checks need a name.
  const accountTable = options.accounts === undefined ? undefined : await readAccountTable(options.accounts);
  const mapping = mappingOption(options.mapping);
  const settings = {
    ...options,
    mapping,
    accountTable,
    defaultClient: way === 'api' ? 'client-of-the-key' : queue?.clientId,
  };
  const now = context.clock();
  const read = await readImportFiles(files, settings, now, (total, work) =>
    withBar('files', total, { interactive: context.interactive && total >= BAR_FROM }, work),
  );
  report(read.files, context);
  const { messages } = read;
  if (options.dryRun) {
    const totals = totalsOf(messages);
    if (options.json)
      return context.out(safeJson({ ...totals, sent: 0, files: read.files, imports: messages.map(summaryOf) }));
    context.out(filesTable(read.files));
    context.out(accountsTable(messages));
    return context.out(`${inWords(totals)} would be sent`);
  }
  const send = way === 'queue' ? senderToQueue(queue) : senderToApi(options, context);
  // Before anything is sent: `--wait` needs a connection to poll.
  const answers = options.wait === undefined ? undefined : apiConnection(options, context.env);
  const destination = queue && way === 'queue' ? queue.queueUrl : apiConnection(options, context.env).baseUrl;
  const checkpoint = openCheckpoint(files, messages, destination, now, context.note);
  if (checkpoint.sentBefore > 0)
    context.note(
      `${checkpoint.sentBefore} of ${messages.length} imports were sent before; to send them again, remove ${checkpoint.path}`,
    );
  const { left } = checkpoint;
  const interactive = context.interactive && left.length >= BAR_FROM;
  const failures = await withBar('imports', left.length, { interactive }, (progress) =>
    send(left, progress, checkpoint.keep),
  );
  if (failures.length === 0) checkpoint.remove();
  const became = answers && (await waited(answers, left, failures, options, context));
  // With folders, patterns and archives, the user has not named each file that was read.
  if (!options.json && read.files.length > files.length) context.out(filesTable(read.files));
  finish({ ...read, messages: left }, failures, way, became, options, context);
}

async function mapColumns(files: readonly string[], { encoding }: ImportOptions, context: Context): Promise<void> {
  const [file, another] = files;
  if (file === undefined || file === '-' || another !== undefined) throw usage('--map takes one file');
  context.out(safe(await writeMapping(file, encoding, context.interactive)));
}

async function waited(
  answers: ApiConnection,
  messages: readonly Message[],
  failures: readonly Failure[],
  { wait }: ImportOptions,
  context: Context,
): Promise<readonly Became[]> {
  const failed = new Set(failures.map(({ message }) => message));
  const sent = messages.filter((message) => !failed.has(message));
  const most = wait === true || wait === undefined ? DEFAULT_WAIT_SECONDS : wait;
  return withBar('answers', sent.length, { interactive: context.interactive && sent.length >= BAR_FROM }, (progress) =>
    waitForImports(answers, sent, most, context.clock, progress),
  );
}

/** @throws {CliError} when a file has a fault: then nothing is sent */
function report(files: readonly FileReport[], context: Context): void {
  for (const { file, warnings, faults } of files) {
    for (const warning of warnings) context.note(`warning: ${safe(file)}: ${safe(warning)}`);
    for (const fault of faults) context.note(`${safe(file)}: ${safe(fault)}`);
  }
  const wrong = files.filter(({ faults }) => faults.length > 0).length;
  if (wrong > 0) throw new CliError(`${wrong} of ${files.length} files cannot be imported; nothing was sent`);
}

type Send = (messages: readonly Message[], progress: Progress, sent: Sent) => Promise<Failure[]>;

function senderToQueue(queue: QueueConnection | undefined): Send {
  if (!queue)
    throw usage(
      'no import queue is known',
      'start the service with `npm start`, or give --queue-url or --outputs, or --via api',
    );
  // The SDK is loaded only when needed: commands without a queue start twice as fast.
  return async (messages, progress, sent) => (await import('../queue.ts')).sendToQueue(queue, messages, progress, sent);
}

function senderToApi(options: CommonOptions & ImportOptions, context: Context): Send {
  const source = options.source ?? 'OWNER_UPLOAD';
  if (source !== 'OWNER_UPLOAD')
    throw usage(`through the API the source is OWNER_UPLOAD, not ${source}`, 'use --via queue');
  const connection = apiConnection(options, context.env);
  return async (messages, progress, sent) =>
    (await import('../upload.ts')).uploadAll(connection, messages, progress, sent);
}

function finish(
  { files, messages }: ReadFiles,
  failures: readonly Failure[],
  way: string,
  became: readonly Became[] | undefined,
  options: CommonOptions,
  context: Context,
): void {
  const failed = new Set(failures.map(({ message }) => message));
  const sent = messages.filter((message) => !failed.has(message));
  for (const { message, reason } of failures)
    context.note(`not sent: import ${safe(message.importId)}: ${safe(reason)}`);
  if (options.json) {
    const notSent = failures.map(({ message, reason }) => ({ importId: message.importId, reason }));
    const totals = { ...totalsOf(messages), sent: sent.length, failed: notSent };
    context.out(safeJson({ ...totals, files, imports: messages.map(summaryOf), ...(became && { became }) }));
  } else {
    context.out(`sent ${inWords(totalsOf(sent))} through the ${way === 'api' ? 'API' : 'queue'}`);
    if (became) context.out(becameTable(became));
  }
  if (failures.length > 0)
    throw new CliError(
      `${failures.length} of ${messages.length} imports were not sent`,
      'the same command sends the rest; what was sent may be sent again without harm',
    );
  refuseUnjoined(became ?? []);
}

function refuseUnjoined(became: readonly Became[]): void {
  const [refused, unknown] = (['refused', 'unknown'] as const).map(
    (status) => became.filter((one) => one.status === status).length,
  );
  if (refused) throw new CliError(`${refused} of ${became.length} imports were refused`);
  if (unknown)
    throw new CliError(
      `${unknown} of ${became.length} imports have no answer yet`,
      'they are queued; wait longer (--wait SECONDS), or ask for them later (GET /v1/imports/{importId})',
    );
}
