/** `catalogue preview`: what the folder would change, and for whom. */

import type { Command } from 'commander';
import type { NearMissesView, OwnersPage, PreviewView } from '../../functions/contracts/http/previews.ts';
import type { AmendmentDocument } from '../../functions/domain/catalogue/amendment.ts';
import { dayOfInstant, formatDay } from '../../functions/domain/values/day.ts';
import { nearest } from '../../functions/domain/values/nearest.ts';
import { agreedTo, type CostOptions, withCostOptions } from '../catalogue/cost-first.ts';
import { putFolder } from '../catalogue/draft.ts';
import { counted, diffText, exceededText, nearMissesText, ownersText, ownerText } from '../catalogue/preview-view.ts';
import { type Catalogue, catalogueAt, type ReadDraft } from '../catalogue/service.ts';
import { exceededBy, type ShareLimit, type ShareLimits, shareLimit } from '../catalogue/shares.ts';
import { watched } from '../catalogue/watch.ts';
import { apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError, EXIT, usage } from '../errors.ts';
import { limit } from '../failures/options.ts';
import { type CommonOptions, optionsOf } from '../options.ts';
import { safe, safeJson } from '../terminal.ts';
import { checkedAmendment, onFolder } from './catalogue-check.ts';
import { basis } from './look-up.ts';

type Options = CommonOptions &
  CostOptions & {
    readonly owners?: string;
    readonly limit: number;
    readonly explain?: string;
    readonly all?: boolean;
    readonly failIfLeftAbove?: ShareLimit[];
    readonly failIfEnteredAbove?: ShareLimit[];
    readonly again?: boolean;
    readonly replaceDraft?: boolean;
  };

const MOST_OWNERS_A_PAGE = 1000;

export function previewCommand(catalogue: Command, context: Context): void {
  withCostOptions(
    onFolder(
      catalogue.command('preview').description('what your files would change for all owners; nothing is changed'),
    ),
  )
    .option('--all', 'show the profiles that do not change, too')
    .option('--owners <profile>', 'list who enters and leaves this profile, and who is closest to a threshold of it')
    .option('--limit <n>', 'how many owners to list', limit, 100)
    .option('--explain <owner>', 'why the profiles of this owner change, and why new ones do not apply')
    .option('--fail-if-left-above <share>', 'fail if more members leave: 2%, or PROFILE=2% (repeatable)', shareLimit)
    .option('--fail-if-entered-above <share>', 'the same for those who enter', shareLimit)
    .option('--again', 'start a new one although there is one of today')
    .option('--replace-draft', 'overwrite a draft that somebody else changed')
    .action(async (directory: string, _: unknown, command: Command) => {
      await preview(directory, optionsOf<Options>(command), context);
    });
}

async function preview(directory: string, options: Options, context: Context): Promise<void> {
  const amendment = await checkedAmendment(directory, context);
  const catalogue = catalogueAt(apiConnection(options, context.env));
  await knownProfiles(catalogue, amendment, options);
  const draft = await putFolder(catalogue, directory, amendment, options, context);
  const begun =
    (!options.again && (await ofToday(catalogue, draft, context))) || (await started(catalogue, options, context));
  const finished = await finishedPreview(catalogue, begun, context);
  await report(catalogue, finished, amendment, options, context);
}

/** @throws {CliError} for a name that no profile has: its limit would never stop anything */
async function knownProfiles(catalogue: Catalogue, { profiles }: AmendmentDocument, options: Options): Promise<void> {
  const { owners, failIfLeftAbove = [], failIfEnteredAbove = [] } = options;
  const asked = [owners, ...[...failIfLeftAbove, ...failIfEnteredAbove].map(({ profile }) => profile)];
  if (asked.every((id) => id === undefined)) return;
  const ids = new Set([...profiles.map(({ id }) => id), ...(await catalogue.active()).profiles.map(({ id }) => id)]);
  for (const id of asked) {
    if (id === undefined || ids.has(id)) continue;
    const near = nearest(id, ids);
    throw usage(`there is no profile ${safe(id)}`, near && `did you mean ${near}?`);
  }
}

/** A preview of the same catalogues and day has the same result while nothing is imported, so a running one is reused. */
async function ofToday(catalogue: Catalogue, draft: ReadDraft, context: Context): Promise<PreviewView | undefined> {
  const [previews, { catalogueVersion }] = await Promise.all([catalogue.previews(), catalogue.active()]);
  const today = formatDay(dayOfInstant(context.clock()));
  const found = previews.find(
    ({ status, from, to, asOf }) =>
      (status === 'running' || status === 'finished') &&
      from.catalogueVersion === catalogueVersion &&
      to.version === draft.version &&
      asOf === today,
  );
  if (found?.status === 'finished')
    context.note(`previewed already at ${safe(found.createdAt)}: this is what it found; --again starts a new one`);
  return found;
}

async function started(catalogue: Catalogue, options: Options, context: Context): Promise<PreviewView> {
  await agreedTo(await catalogue.estimate(), 'previewing', options, context);
  return catalogue.startPreview();
}

async function finishedPreview(catalogue: Catalogue, begun: PreviewView, context: Context): Promise<PreviewView> {
  const { previewId } = begun;
  const seen = await watched(
    begun,
    () => catalogue.preview(previewId),
    ({ status }) => status !== 'running',
    context,
  );
  if (seen.interrupted) {
    context.note('cancelling the preview');
    const { status } = await catalogue.cancelPreview(previewId);
    throw new CliError(status === 'cancelled' ? 'the preview was cancelled' : `the preview had ended: it is ${status}`);
  }
  if (seen.run.status === 'finished') return seen.run;
  const hint =
    seen.run.status === 'failed'
      ? `try again; if it stays, give ${previewId} to the operator`
      : 'somebody cancelled it';
  throw new CliError(`the preview is ${seen.run.status}`, hint);
}

async function report(
  catalogue: Catalogue,
  preview: PreviewView,
  own: AmendmentDocument,
  options: Options,
  context: Context,
): Promise<void> {
  const { previewId, result, asOf, from, to } = preview;
  if (!result) throw new CliError('the preview has no result', 'is --url the address of the service?');
  const limits = { left: options.failIfLeftAbove ?? [], entered: options.failIfEnteredAbove ?? [] };
  const exceeded = exceededBy(result, limits);
  const { owners: profile, explain } = options;
  const lists = profile === undefined ? undefined : await bothLists(catalogue, previewId, profile, options.limit);
  const near = await nearMissesOf(catalogue, preview, own, profile);
  const owner = explain === undefined ? undefined : await catalogue.previewOwner(previewId, explain);
  if (options.json) {
    context.out(
      safeJson({ ...preview, exceeded, ...(lists && { lists }), ...(near && { near }), ...(owner && { owner }) }),
    );
  } else {
    context.out(diffText(result, options.all === true));
    if (lists) context.out(['', ownersText('entered', lists.entered), ownersText('left', lists.left)].join('\n'));
    if (near) context.out(`\n${nearMissesText(near)}`);
    if (owner) context.out(`\n${ownerText(owner, process.stdout.columns ?? Number.POSITIVE_INFINITY, profile)}`);
    if (owner) for (const line of basis(owner)) context.note(line);
    context.note(
      `${counted(result.owners)} owners as of ${asOf}, from ${from.catalogueVersion} to ${to.catalogueVersion}, preview ${previewId}`,
    );
  }
  warn(result, limits, context);
  for (const each of exceeded) context.note(exceededText(each));
  if (exceeded.length > 0)
    throw new CliError('the preview changes more than is allowed', 'nothing was published', EXIT.exceeded);
}

/** For a profile that the folder defines and the preview has judged: a sensitive one may not be enabled. */
async function nearMissesOf(
  catalogue: Catalogue,
  { previewId, result }: PreviewView,
  { profiles }: AmendmentDocument,
  asked: string | undefined,
): Promise<NearMissesView | undefined> {
  const found = result?.profiles.find(({ profile, added }) => profile === asked && added !== undefined);
  if (!found || !profiles.some(({ id }) => id === asked)) return undefined;
  return catalogue.nearMisses(previewId, found.profile);
}

function warn(
  { failed, profiles = [] }: NonNullable<PreviewView['result']>,
  limits: ShareLimits,
  context: Context,
): void {
  if (failed > 0) context.note(`warning: ${counted(failed)} owners could not be derived; they are not counted`);
  const general = limits.entered.some(({ profile }) => profile === undefined);
  const named = new Set(limits.entered.map(({ profile }) => profile));
  for (const { profile, before, entered } of profiles) {
    if (general && before === 0 && entered > 0 && !named.has(profile))
      context.note(`${safe(profile)}: has no members now, so only its own limit applies: ${safe(profile)}=SHARE`);
  }
}

async function bothLists(catalogue: Catalogue, previewId: string, profile: string, most: number) {
  const listed = async (change: 'entered' | 'left'): Promise<OwnersPage> => {
    const owners: string[] = [];
    let cursor: string | null | undefined;
    let total: number;
    do {
      const limit = String(Math.min(most - owners.length, MOST_OWNERS_A_PAGE));
      const page = await catalogue.previewOwners(previewId, { profile, change, limit, ...(cursor && { cursor }) });
      owners.push(...page.owners);
      ({ cursor, total } = page);
    } while (cursor && owners.length < most);
    return { profile, change, total, owners, cursor: cursor ?? null };
  };
  return { entered: await listed('entered'), left: await listed('left') };
}
