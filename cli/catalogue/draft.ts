/**
 * Makes the service's draft match the folder, without discarding somebody else's changes to it.
 *
 * A file beside the folder records which draft it has seen last; it belongs to this copy of the folder alone.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AmendmentDocument, canonicalText } from '../../functions/domain/catalogue/amendment.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { confirmed, safe } from '../terminal.ts';
import type { Catalogue, ReadDraft } from './service.ts';

const SEEN = '.draft';

/** @throws {CliError} when the draft has content that is in neither the folder nor the active catalogue and must not be lost */
export async function putFolder(
  catalogue: Catalogue,
  directory: string,
  amendment: AmendmentDocument,
  options: { readonly replaceDraft?: boolean },
  context: Context,
): Promise<ReadDraft> {
  const draft = await catalogue.draft();
  const put = saysTheSame(draft.amendment, amendment)
    ? draft
    : await replaced(catalogue, directory, draft, amendment, options, context);
  rememberDraft(directory, put.version);
  return put;
}

async function replaced(
  catalogue: Catalogue,
  directory: string,
  draft: ReadDraft,
  amendment: AmendmentDocument,
  { replaceDraft }: { readonly replaceDraft?: boolean },
  context: Context,
): Promise<ReadDraft> {
  const others = draft.changes.length > 0 && draft.version !== seenDraft(directory);
  if (others) {
    context.note(`the draft has changes that this folder has not seen, ${authorOf(draft)}:`);
    for (const { path, change } of draft.changes) context.note(`  ${change.padEnd(8)} ${safe(path)}`);
    const agreed =
      replaceDraft || (context.interactive && (await confirmed('Replace them with the files of this folder?')));
    if (!agreed) {
      throw new CliError(
        'the draft was left as it is',
        'see it: owner-profiles catalogue pull --draft OTHER_DIR; or overwrite it: --replace-draft',
      );
    }
  }
  return catalogue.putDraft(amendment, draft.etag);
}

function authorOf({ keyId, changedAt }: ReadDraft): string {
  return `made by ${keyId === null ? 'an unknown key' : `key ${safe(keyId)}`} at ${safe(changedAt ?? 'an unknown time')}`;
}

export function saysTheSame(one: AmendmentDocument, other: AmendmentDocument): boolean {
  return canonicalText(one) === canonicalText(other);
}

export function rememberDraft(directory: string, version: string): void {
  writeFileSync(join(directory, SEEN), `${version}\n`);
  const ignored = join(directory, '.gitignore');
  if (!existsSync(ignored)) writeFileSync(ignored, `${SEEN}\n`);
}

function seenDraft(directory: string): string | undefined {
  const file = join(directory, SEEN);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
