/** `snapshots`: takes, lists and cancels them; `export`: their tables as files. */
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { counted } from '../catalogue/preview-view.ts';
import { apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { type CommonOptions, listed, optionsOf, wholeNumber } from '../options.ts';
import { SAMPLE, sampleSize } from '../segments/sample.ts';
import { neededSnapshot, openSegments } from '../segments/service.ts';
import { snapshotsText } from '../segments/view.ts';
import { safe, safeJson } from '../terminal.ts';

type TakeOptions = CommonOptions & {
  readonly feature?: string[];
  readonly definitions?: boolean;
  readonly unlabelled?: boolean;
  readonly sample?: number;
  readonly wait: boolean;
};
type ExportOptions = CommonOptions & { readonly format: string; readonly snapshot?: string; readonly to?: string };

export function snapshotsCommands(cli: Command, context: Context): void {
  const snapshots = cli
    .command('snapshots')
    .description("snapshots of all owners' profiles, newest first")
    .option('--limit <n>', 'how many to list', wholeNumber, 20)
    .action(async (_: unknown, command: Command) => {
      const options = optionsOf<CommonOptions & { limit: number }>(command);
      const found = await openSegments(apiConnection(options, context.env)).list(options.limit, true);
      context.out(options.json ? safeJson({ snapshots: found }) : snapshotsText(found));
    });
  snapshots
    .command('take')
    .description('take one, and wait for its end')
    .option(
      '--feature <feature>',
      "also keep this feature of every owner, such as 'cafe.count 180d'; repeatable",
      listed,
    )
    .option('--definitions', 'also keep all features that the definitions read')
    .option('--unlabelled', 'also keep the merchants without a label')
    .option('--sample <share or n>', SAMPLE, sampleSize)
    .option('--no-wait', 'start it and do not wait')
    .action(async (_: unknown, command: Command) => take(optionsOf<TakeOptions>(command), context));
  snapshots
    .command('cancel')
    .description('cancel a running snapshot')
    .argument('<id>', 'id of the snapshot')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = optionsOf<CommonOptions>(command);
      const snapshot = await openSegments(apiConnection(options, context.env)).cancel(id);
      context.out(options.json ? safeJson(snapshot) : `${safe(snapshot.snapshotId)} is ${safe(snapshot.status)}`);
    });
  cli
    .command('export')
    .description('download a snapshot as files for other programs')
    .addOption(new Option('--format <format>', 'format of the files').choices(['parquet', 'csv']).default('parquet'))
    .option('--snapshot <id>', 'use this snapshot (default: the latest finished one)')
    .option('--to <dir>', 'into this folder (default: one named like the snapshot)')
    .action(async (_: unknown, command: Command) => download(optionsOf<ExportOptions>(command), context));
}

async function take(options: TakeOptions, context: Context): Promise<void> {
  const segments = openSegments(apiConnection(options, context.env));
  const features = options.definitions ? ['definitions', ...(options.feature ?? [])] : options.feature;
  const body = {
    ...(features && { features }),
    ...(options.unlabelled && { unlabelled: true }),
    ...(options.sample !== undefined && { sample: options.sample }),
  };
  if (!options.wait) {
    const snapshotId = await segments.start(body);
    return context.out(options.json ? safeJson({ snapshotId }) : snapshotId);
  }
  const snapshot = await segments.taken(body, context);
  context.out(options.json ? safeJson(snapshot) : snapshotsText([snapshot]));
  if (snapshot.status === 'failed')
    throw new CliError('the snapshot failed', 'docs/how-to/runbook.md says how to continue it');
}

async function download(options: ExportOptions, context: Context): Promise<void> {
  const segments = openSegments(apiConnection(options, context.env));
  const { snapshotId } = await neededSnapshot(segments, options.snapshot);
  const files = (await segments.files(snapshotId)).filter(({ format }) => format === options.format);
  const folder = options.to ?? snapshotId.replaceAll(/[^\w-]/g, '_');
  mkdirSync(folder, { recursive: true });
  for (const { part, url } of files) {
    const response = await fetch(url);
    if (!response.ok) throw new CliError(`part ${part} cannot be read: HTTP ${response.status}`, 'try again');
    const name = `part-${String(part).padStart(6, '0')}.${options.format}`;
    await writeFile(join(folder, name), Buffer.from(await response.arrayBuffer()));
  }
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  if (options.json) return context.out(safeJson({ snapshotId, folder, parts: files.length, rows }));
  context.out(
    `${counted(rows)} owners in ${counted(files.length)} ${files.length === 1 ? 'file' : 'files'} below ${safe(folder)}`,
  );
}
