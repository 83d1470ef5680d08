/** What only snapshots that keep more than profiles can answer: how a feature is distributed, and which merchants have no label. */
import type { Command } from 'commander';
import { type CostOptions, withCostOptions } from '../catalogue/cost-first.ts';
import { counted } from '../catalogue/preview-view.ts';
import { apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { type CommonOptions, optionsOf, wholeNumber } from '../options.ts';
import { SAMPLE, sampleSize, sampleText } from '../segments/sample.ts';
import { openSegments, snapshotKeeping } from '../segments/service.ts';
import { distributionText, unlabelledText } from '../segments/view.ts';
import { safe, safeJson } from '../terminal.ts';

type Options = CommonOptions & CostOptions & { readonly snapshot?: string };
export const OF_SNAPSHOT = 'use this snapshot (default: the latest that keeps it; takes one if none does)';

/** `catalogue distribution FEATURE`: shows where a threshold would fall. */
export function distributionCommand(catalogue: Command, context: Context): void {
  withCostOptions(catalogue.command('distribution'))
    .description('how a feature is distributed over your owners, and how many owners a threshold would include')
    .argument('<feature>', "a feature with its window, such as 'cafe.count 180d'")
    .option('--snapshot <id>', OF_SNAPSHOT)
    .option('--sample <share or n>', SAMPLE, sampleSize)
    .action(async (feature: string, _: unknown, command: Command) =>
      showDistribution(feature, optionsOf<Options & { sample?: number }>(command), context),
    );
}

/** `segments unlabelled`: where a client's own words would help most. */
export function unlabelledCommand(segments: Command, context: Context): void {
  withCostOptions(segments.command('unlabelled'))
    .description('the merchants without a label that most owners pay')
    .option('--snapshot <id>', OF_SNAPSHOT)
    .option('--limit <n>', 'how many lines to show', wholeNumber, 50)
    .action(async (_: unknown, command: Command) =>
      showUnlabelled(optionsOf<Options & { limit: number }>(command), context),
    );
}

async function showDistribution(
  asked: string,
  options: Options & { readonly sample?: number },
  context: Context,
): Promise<void> {
  const segments = openSegments(apiConnection(options, context.env));
  const key = asked.trim().replaceAll(/\s+/g, ' ');
  const [feature = '', window] = key.split(' ');
  const keeps = ({ features }: { readonly features: readonly string[] }) => features.includes(key);
  const body = { features: [key], ...(options.sample !== undefined && { sample: options.sample }) };
  const wanted = { snapshotId: options.snapshot, body, keeps };
  const { snapshotId, asOf, sample } = await snapshotKeeping(segments, wanted, options, context);
  const found = await segments.distribution(snapshotId, feature, window);
  if (options.json) return context.out(safeJson({ snapshotId, ...(sample !== undefined && { sample }), ...found }));
  context.out(distributionText(found));
  const without = found.missing === 0 ? '' : `, ${counted(found.missing)} without a value`;
  const of = sample === undefined ? '' : `, ${sampleText(sample)} of the owners`;
  context.note(`${counted(found.owners)} owners with a value${without} on ${safe(asOf)}, ${safe(snapshotId)}${of}`);
}

async function showUnlabelled(options: Options & { readonly limit: number }, context: Context): Promise<void> {
  const segments = openSegments(apiConnection(options, context.env));
  const keeps = ({ unlabelled }: { readonly unlabelled: boolean }) => unlabelled;
  const wanted = { snapshotId: options.snapshot, body: { unlabelled: true }, keeps };
  const { snapshotId, asOf } = await snapshotKeeping(segments, wanted, options, context);
  const found = await segments.unlabelled(snapshotId, options.limit);
  if (options.json) return context.out(safeJson({ snapshotId, ...found }));
  context.out(unlabelledText(found));
  context.note(`of the 365 days up to ${safe(asOf)}, ${safe(snapshotId)}`);
}
