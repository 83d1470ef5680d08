/** `catalogue publish` and `catalogue rollback`: which catalogue is active. */

import { type Command, InvalidArgumentError } from 'commander';
import type { PublicationView } from '../../functions/contracts/http/catalogue.ts';
import { BUILT_IN } from '../../functions/domain/catalogue/client-settings.ts';
import { putFolder } from '../catalogue/draft.ts';
import { counted } from '../catalogue/preview-view.ts';
import { type Catalogue, catalogueAt, type PublicationRequest } from '../catalogue/service.ts';
import { watched } from '../catalogue/watch.ts';
import { apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../errors.ts';
import { type CommonOptions, optionsOf } from '../options.ts';
import { safe, safeJson } from '../terminal.ts';
import { checkedAmendment, onFolder } from './catalogue-check.ts';

type Options = CommonOptions & { readonly note: string; readonly wait?: boolean };
type PublishOptions = Options & { readonly force?: boolean; readonly replaceDraft?: boolean };

export function publishCommand(catalogue: Command, context: Context): void {
  const command = onFolder(catalogue.command('publish').description('publish your files as the active catalogue'));
  withNote(command)
    .option('--force', 'publish without a preview, or again although it is active')
    .option('--replace-draft', 'overwrite a draft that somebody else changed')
    .action(async (directory: string, _: unknown, command: Command) => {
      await publish(directory, optionsOf<PublishOptions>(command), context);
    });
}

export function rollbackCommand(catalogue: Command, context: Context): void {
  const command = catalogue
    .command('rollback')
    .description('publish an older version as the active catalogue')
    .argument('[version]', 'as `catalogue versions` shows it (default: the one before the active one)');
  withNote(command).action(async (version: string | undefined, _: unknown, command: Command) => {
    const options = optionsOf<Options>(command);
    const catalogue = catalogueAt(apiConnection(options, context.env));
    const request = { version: version ?? (await before(catalogue)), note: options.note };
    await published(catalogue, request, options, context);
  });
}

function withNote(command: Command): Command {
  return command
    .requiredOption('--note <text>', 'why; shown by `catalogue versions`', note)
    .option('--wait', 'wait until the stored answers of all owners are rewritten');
}

async function publish(directory: string, options: PublishOptions, context: Context): Promise<void> {
  const amendment = await checkedAmendment(directory, context);
  const catalogue = catalogueAt(apiConnection(options, context.env));
  const draft = await putFolder(catalogue, directory, amendment, options, context);
  if (draft.version === (await newest(catalogue)) && !options.force) {
    if (options.json) return context.out(safeJson({ version: draft.version, published: false }));
    return context.out(`${safe(draft.version)} is already published`);
  }
  // A previewed version is published by its name, even if the draft has changed since.
  const what = draft.previewed === null ? { draft: true as const } : { version: draft.version };
  const request = { ...what, note: options.note, ...(options.force && { force: true }) };
  const { version, previousVersion } = await published(catalogue, request, options, context);
  if (version !== draft.version) {
    throw new CliError(
      `somebody changed the draft meanwhile: ${version} was published, and ${directory} is ${draft.version}`,
      `owner-profiles catalogue rollback ${previousVersion} takes it back`,
    );
  }
}

/** The latest published version: it is active, or will be in a moment. */
async function newest(catalogue: Catalogue): Promise<string> {
  return (await catalogue.publications())[0]?.version ?? BUILT_IN;
}

/** The version that was active before the latest published one. */
async function before(catalogue: Catalogue): Promise<string> {
  const publications = await catalogue.publications();
  const replaced = publications.find(({ previousVersion }) => previousVersion !== publications[0]?.version);
  if (replaced) return replaced.previousVersion;
  throw new CliError('nothing was published yet', 'see `owner-profiles catalogue versions`', EXIT.notFound);
}

async function published(
  catalogue: Catalogue,
  request: PublicationRequest,
  options: Options,
  context: Context,
): Promise<PublicationView> {
  const publication = await catalogue.publish(request);
  const { version, previousVersion, effectiveAt } = publication;
  context.note(
    `published ${safe(version)} in place of ${safe(previousVersion)}; it is active from ${safe(effectiveAt)}`,
  );
  const last = options.wait ? await replayed(catalogue, publication, context) : publication;
  if (options.json) context.out(safeJson(last));
  else context.out(replayText(last));
  if (last.replay.status === 'failed')
    throw new CliError(
      'the replay failed',
      `give ${last.publicationId} to the operator; answers are right all the same`,
    );
  return last;
}

async function replayed(
  catalogue: Catalogue,
  publication: PublicationView,
  context: Context,
): Promise<PublicationView> {
  const withSlices = (of: PublicationView) => ({ slices: of.replay.slices, of });
  const { run, interrupted } = await watched(
    withSlices(publication),
    async () => withSlices(await catalogue.publication(publication.publicationId)),
    ({ of }) => of.replay.status !== 'running',
    context,
  );
  if (interrupted) context.note('the replay continues in the background');
  return run.of;
}

export function replayText({ version, replay }: PublicationView): string {
  const { status, slices, owners, rewritten, failed } = replay;
  const what = `replay of ${safe(version)} ${status}`;
  if (status === 'running')
    return `${what}: ${slices.done} of ${slices.total || '?'} slices, ${counted(owners)} owners`;
  if (status !== 'finished') return what;
  return `${what}: ${counted(rewritten)} of ${counted(owners)} owners rewritten${failed > 0 ? `, ${counted(failed)} failed` : ''}`;
}

function note(text: string): string {
  if (text.trim() !== '' && text.length <= 500) return text;
  throw new InvalidArgumentError('write 1 to 500 characters.');
}
