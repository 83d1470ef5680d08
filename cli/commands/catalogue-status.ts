/** `catalogue versions` and `catalogue status`: the active version, the earlier ones, and what is running. */

import type { Command } from 'commander';
import type { CatalogueView, DraftView, PublicationView } from '../../functions/contracts/http/catalogue.ts';
import type { PreviewView } from '../../functions/contracts/http/previews.ts';
import { builtInCatalogue } from '../catalogue/built-in.ts';
import { checkFolder } from '../catalogue/check.ts';
import { saysTheSame } from '../catalogue/draft.ts';
import { readFolder } from '../catalogue/folder.ts';
import { catalogueAt } from '../catalogue/service.ts';
import { apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { optionsOf } from '../options.ts';
import { mark, safe, safeJson, styled, table } from '../terminal.ts';
import { onFolder } from './catalogue-check.ts';
import { replayText } from './catalogue-publish.ts';

export function versionsCommand(catalogue: Command, context: Context): void {
  catalogue
    .command('versions')
    .description('the versions that were published, newest first')
    .action(async (_: unknown, command: Command) => {
      const options = optionsOf<object>(command);
      const versions = await catalogueAt(apiConnection(options, context.env)).versions();
      if (options.json) return context.out(safeJson({ versions }));
      const rows = versions.map(({ version, publishedAt, keyId, note, active }) => [
        safe(version),
        safe(publishedAt ?? '–'),
        safe(keyId ?? '–'),
        safe(note ?? ''),
        active ? mark(true) : '',
      ]);
      context.out(table(['version', 'published', 'key', 'note', 'active'], rows));
    });
}

export function statusCommand(catalogue: Command, context: Context): void {
  onFolder(catalogue.command('status').description('what is active, what the draft changes, and what runs')).action(
    async (directory: string, _: unknown, command: Command) => {
      const options = optionsOf<object>(command);
      const service = catalogueAt(apiConnection(options, context.env));
      const [active, draft, previews, publications] = await Promise.all([
        service.active(),
        service.draft(),
        service.previews(),
        service.publications(),
      ]);
      const running = {
        previews: previews.filter(({ status }) => status === 'running'),
        replays: publications.filter(({ replay }) => replay.status === 'running'),
      };
      const folder = await stateOf(directory, active, draft);
      if (options.json) return context.out(safeJson({ active, draft, folder: folder ?? null, running }));
      const lines = [...activeLines(active), ...comingLines(publications[0], active), ...draftLines(draft)];
      if (folder) lines.push(`folder   ${safe(directory)} ${folder}`);
      context.out([...lines, ...runningLines(running)].join('\n'));
    },
  );
}

/** The state of the folder, in the service's terms; nothing when there is no folder. */
async function stateOf(directory: string, active: CatalogueView, draft: DraftView): Promise<string | undefined> {
  const { settings, ...folder } = readFolder(directory);
  if (!settings) return undefined;
  const { amendment, faults } = checkFolder({ ...folder, settings }, await builtInCatalogue());
  if (faults.length > 0) return 'has faults: see `owner-profiles catalogue check`';
  const same = [
    saysTheSame(amendment, active.amendment) && 'active',
    saysTheSame(amendment, draft.amendment) && 'draft',
  ];
  const names = same.filter((name) => name !== false);
  return names.length === 0 ? 'says something else' : `says what is ${names.join(' and ')}`;
}

function activeLines({ version, publishedAt, keyId, note, catalogueVersion, faults }: CatalogueView): string[] {
  const by =
    publishedAt === null ? 'never published' : `published ${safe(publishedAt)} by ${safe(keyId)}: ${safe(note)}`;
  const lines = [`active   ${styled('bold', safe(version))}, ${by}`, `         catalogue ${safe(catalogueVersion)}`];
  for (const { path, message } of faults)
    lines.push(styled('yellow', `         is no longer valid: ${safe(path)}: ${safe(message)}`));
  return lines;
}

/** A published version that is not active yet, because all servers change over at one instant. */
function comingLines(last: PublicationView | undefined, { version }: CatalogueView): string[] {
  if (!last || last.version === version) return [];
  return [`coming   ${styled('bold', safe(last.version))}, active from ${safe(last.effectiveAt)}`];
}

function draftLines({ version, changedAt, keyId, changes, previewed }: DraftView): string[] {
  if (changes.length === 0) return ['draft    as the active one'];
  const seen = previewed === null ? 'not previewed' : `previewed (${safe(previewed)})`;
  return [
    `draft    ${styled('bold', safe(version))}, changed ${safe(changedAt)} by ${safe(keyId)}, ${seen}`,
    ...changes.map(({ path, change }) => `         ${change.padEnd(8)} ${safe(path)}`),
  ];
}

function runningLines({
  previews,
  replays,
}: {
  previews: readonly PreviewView[];
  replays: readonly PublicationView[];
}): string[] {
  return [
    ...previews.map(
      ({ previewId, to, slices }) =>
        `running  preview ${safe(previewId)} of ${safe(to.version)}: ${slices.done} of ${slices.total} slices`,
    ),
    ...replays.map((publication) => `running  ${replayText(publication)}`),
  ];
}
