/** `segments`: the size of each profile over time, who matches an expression over profiles, and how profiles overlap. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Command } from 'commander';
import { csvRecord } from '../../functions/domain/values/csv.ts';
import { ownersIn } from '../catalogue/preview-view.ts';
import { apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { usage } from '../errors.ts';
import { type CommonOptions, optionsOf, wholeNumber } from '../options.ts';
import { neededSnapshot, openSegments, type SegmentsService } from '../segments/service.ts';
import { overlapText, sizesText } from '../segments/view.ts';
import { safe, safeJson } from '../terminal.ts';
import { unlabelledCommand } from './segments-kept.ts';

type Options = CommonOptions & { readonly snapshot?: string };
type ListOptions = Options & { readonly where: string; readonly csv?: string; readonly limit: number };

/** A month of nights, and some that were taken by day. */
const SNAPSHOTS_LOOKED_AT = 100;
const LARGEST_SHOWN = 8;

export function segmentsCommands(cli: Command, context: Context): void {
  const segments = cli
    .command('segments')
    .description('how many owners have each profile, and how that changed; takes a snapshot if there is none')
    .option('--all', 'also profiles that nobody has')
    .action(async (_: unknown, command: Command) =>
      showSizes(optionsOf<Options & { all?: boolean }>(command), context),
    );
  segments
    .command('list')
    .description('the owners that match an expression over profiles')
    .requiredOption('--where <expression>', "such as 'parent & !tenant'")
    .option('--snapshot <id>', 'use this snapshot (default: the latest finished one)')
    .option('--limit <n>', 'how many lines to show', wholeNumber, 50)
    .option('--csv <file>', 'write all of them to a file')
    .action(async (_: unknown, command: Command) => listOwners(optionsOf<ListOptions>(command), context));
  segments
    .command('overlap')
    .description('of the owners with each profile, how many also have the others')
    .argument('[profiles...]', `profiles (default: the ${LARGEST_SHOWN} largest)`)
    .option('--snapshot <id>', 'use this snapshot (default: the latest finished one)')
    .action(async (profiles: string[], _: unknown, command: Command) =>
      showOverlap(profiles, optionsOf<Options>(command), context),
    );
  unlabelledCommand(segments, context);
}

async function showSizes(options: Options & { readonly all?: boolean }, context: Context): Promise<void> {
  const segments = openSegments(apiConnection(options, context.env));
  let snapshots = await segments.list(SNAPSHOTS_LOOKED_AT);
  if (!snapshots.some(({ status }) => status === 'finished')) {
    context.note('there is no snapshot yet: taking one');
    await segments.taken({}, context);
    snapshots = await segments.list(SNAPSHOTS_LOOKED_AT);
  }
  const latest = snapshots.find(({ status }) => status === 'finished');
  if (options.json) return context.out(safeJson(latest));
  context.out(sizesText(snapshots, options.all === true));
  if (latest) context.note(`${ownersIn(latest.owners)} on ${safe(latest.asOf)}, ${safe(latest.snapshotId)}`);
}

async function listOwners(options: ListOptions, context: Context): Promise<void> {
  const segments = openSegments(apiConnection(options, context.env));
  const { snapshotId, asOf } = await neededSnapshot(segments, options.snapshot);
  if (options.csv !== undefined) {
    const written = await writeCsv(segments, snapshotId, options.where, options.csv);
    return context.note(`${ownersIn(written)} in ${options.csv}`);
  }
  const page = await segments.page(snapshotId, options.where, options.limit);
  if (options.json) return context.out(safeJson(page));
  for (const { ownerExternalId } of page.owners) context.out(safe(ownerExternalId));
  const more = page.cursor === null ? '' : '; all of them: --csv FILE';
  context.note(`${ownersIn(page.total)} on ${safe(asOf)}${more}`);
}

/** Ids are unchanged: a file is for programs. */
async function writeCsv(segments: SegmentsService, snapshotId: string, where: string, file: string): Promise<number> {
  const owners = segments.owners(snapshotId, where);
  // A wrong expression must not leave an empty file.
  let step = await owners.next();
  const stream = createWriteStream(file);
  let written = 0;
  stream.write('ownerExternalId,profiles\r\n');
  for (; !step.done; step = await owners.next()) {
    const { ownerExternalId, profiles } = step.value;
    written++;
    if (!stream.write(`${csvRecord([ownerExternalId, profiles.join(';')])}\r\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  return written;
}

async function showOverlap(named: readonly string[], options: Options, context: Context): Promise<void> {
  const segments = openSegments(apiConnection(options, context.env));
  const snapshot = await neededSnapshot(segments, options.snapshot);
  const bySize = [...snapshot.profiles].filter(({ members }) => members > 0).sort((a, b) => b.members - a.members);
  const profiles = named.length > 0 ? named : bySize.slice(0, LARGEST_SHOWN).map(({ profile }) => profile);
  if (profiles.length === 0) throw usage('nobody has any profile', 'import bank data first');
  const rows = await Promise.all(
    profiles.map(async (profile) => ({ profile, counts: await segments.counts(snapshot.snapshotId, profile) })),
  );
  if (options.json) return context.out(safeJson(rows.map(({ profile, counts }) => ({ profile, ...counts }))));
  context.out(overlapText(rows));
  context.note(`${ownersIn(snapshot.owners)} on ${safe(snapshot.asOf)}`);
}
