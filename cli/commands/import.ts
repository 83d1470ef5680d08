/** `import`: reads every file, and only when all of them are right sends what they hold. */
import { type Command, Option } from 'commander';
import { SOURCES } from '../../functions/domain/ledger/ledger.ts';
import { readAccountTable } from '../account-table.ts';
import { apiConnection, type QueueConnection, queueConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError, usage } from '../errors.ts';
import { type FileReport, FORMATS, type ReadFiles, readImportFiles } from '../import-files.ts';
import type { ImportSettings, Message } from '../import-messages.ts';
import { accountsTable, filesTable, inWords, summaryOf, totalsOf } from '../import-view.ts';
import { type CommonOptions, currency, instant, optionsOf } from '../options.ts';
import { withBar } from '../progress-bar.ts';
import type { Failure, Progress } from '../queue.ts';
import { safe, safeJson } from '../terminal.ts';

type ImportOptions = ImportSettings & {
  readonly via?: 'queue' | 'api';
  readonly dryRun?: boolean;
  readonly accounts?: string;
};

/** Fewer messages are sent before a bar could be read. */
const BAR_FROM = 20;

export function importCommand(cli: Command, context: Context): void {
  cli
    .command('import')
    .description('import bank data: messages (JSON, ndjson) or statements (Kontomatik XML, MT940, camt), also .gz')
    .argument('<file...>', 'files, folders and patterns; - is standard input')
    .addOption(new Option('--format <format>', 'format of the files (default: found out)').choices(FORMATS))
    .option('--owner <id>', 'ownerExternalId (default: that of the file)')
    .option('--client <id>', 'clientId (default: that of the message, or of the outputs)')
    .addOption(new Option('--source <source>', 'source of the data (default: by format)').choices(SOURCES))
    .option(
      '--imported-at <instant>',
      'when the data was fetched (default: when the file says it was made, else now)',
      instant,
    )
    .option('--keep-labels', 'keep the labels that a Kontomatik reply carries')
    .option('--whole-days', 'take the first and the last day of every statement as whole')
    .option('--accounts <file>', 'table of account ids that changed (old;new, or JSON), to those that last')
    .option('--encoding <name>', 'character set of the files, such as windows-1250 (default: found out)')
    .option('--account <number>', 'number of the account, for files that do not name it')
    .option('--currency <code>', 'currency of the account, for files that do not name it', currency)
    .option('--mapping <mapping>', 'what the columns of a CSV mean: a preset of a bank, or a mapping as JSON')
    .addOption(
      new Option('--via <way>', 'how to send (default: queue when it is known, else api)').choices(['queue', 'api']),
    )
    .option('--dry-run', 'read and check only, and show what would be sent')
    .action(async (files: string[], _: unknown, command: Command) => {
      await importFiles(files, optionsOf<ImportOptions>(command), context);
    });
}

async function importFiles(
  files: readonly string[],
  options: CommonOptions & ImportOptions,
  context: Context,
): Promise<void> {
  if (new Set(files).size < files.length) throw usage('a file is named twice');
  const queue = queueConnection(options, context.env);
  const way = options.via ?? (queue ? 'queue' : 'api');
  // Through the API the key names the client; the checks need some name all the same.
  const accountTable = options.accounts === undefined ? undefined : await readAccountTable(options.accounts);
  const settings = { ...options, accountTable, defaultClient: way === 'api' ? 'client-of-the-key' : queue?.clientId };
  const read = await readImportFiles(files, settings, context.clock());
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
  const interactive = context.interactive && messages.length >= BAR_FROM;
  const failures = await withBar('imports', messages.length, { interactive }, (progress) => send(messages, progress));
  finish(read, failures, way, options, context);
}

/** @throws {CliError} when a file has a fault: then nothing at all is sent */
function report(files: readonly FileReport[], context: Context): void {
  for (const { file, warnings, faults } of files) {
    for (const warning of warnings) context.note(`warning: ${safe(file)}: ${safe(warning)}`);
    for (const fault of faults) context.note(`${safe(file)}: ${safe(fault)}`);
  }
  const wrong = files.filter(({ faults }) => faults.length > 0).length;
  if (wrong > 0) throw new CliError(`${wrong} of ${files.length} files cannot be imported; nothing was sent`);
}

type Send = (messages: readonly Message[], progress: Progress) => Promise<Failure[]>;

function senderToQueue(queue: QueueConnection | undefined): Send {
  if (!queue)
    throw usage(
      'no import queue is known',
      'start the service with `npm start`, or give --queue-url or --outputs, or --via api',
    );
  // The SDK is loaded only when it is used: commands that need no queue start twice as fast.
  return async (messages, progress) => (await import('../queue.ts')).sendToQueue(queue, messages, progress);
}

function senderToApi(options: CommonOptions & ImportOptions, context: Context): Send {
  const source = options.source ?? 'OWNER_UPLOAD';
  if (source !== 'OWNER_UPLOAD')
    throw usage(`through the API the source is OWNER_UPLOAD, not ${source}`, 'use --via queue');
  const connection = apiConnection(options, context.env);
  return async (messages, progress) => (await import('../upload.ts')).uploadAll(connection, messages, progress);
}

function finish(
  { files, messages }: ReadFiles,
  failures: readonly Failure[],
  way: string,
  options: CommonOptions,
  context: Context,
): void {
  const failed = new Set(failures.map(({ message }) => message));
  const sent = messages.filter((message) => !failed.has(message));
  for (const { message, reason } of failures)
    context.note(`not sent: import ${safe(message.importId)}: ${safe(reason)}`);
  if (options.json) {
    const notSent = failures.map(({ message, reason }) => ({ importId: message.importId, reason }));
    context.out(
      safeJson({ ...totalsOf(messages), sent: sent.length, failed: notSent, files, imports: messages.map(summaryOf) }),
    );
  } else context.out(`sent ${inWords(totalsOf(sent))} through the ${way === 'api' ? 'API' : 'queue'}`);
  if (failures.length > 0)
    throw new CliError(
      `${failures.length} of ${messages.length} imports were not sent`,
      'what was sent may be sent again without harm',
    );
}
