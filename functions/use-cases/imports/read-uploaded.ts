/** Reading a large file once it has arrived: it becomes imports on the queue, or is refused so that the client sees why. */
import type { ImportQueue } from '../../adapters/imports/import-queue.ts';
import type { RefusedImports } from '../../adapters/imports/refused-imports.ts';
import {
  keyOfUpload,
  placeOfUpload,
  type StatementUpload,
  type StatementUploads,
  type UploadPlace,
} from '../../adapters/imports/statement-uploads.ts';
import type { UploadObjects } from '../../adapters/imports/upload-objects.ts';
import { MOST_LARGE_BYTES } from '../../contracts/http/limits.ts';
import type { StatementReport } from '../../contracts/http/statements.ts';
import type { Clock } from '../../runtime/clock.ts';
import { RefusedError } from '../../runtime/errors.ts';
import { refusalNotice } from '../webhooks/notices.ts';
import type { Notify } from '../webhooks/notify.ts';
import { readUpload, type UploadMessage } from './read-upload.ts';

export type ReadUploadedParts = {
  readonly uploads: Pick<StatementUploads, 'begin' | 'putBack' | 'finish' | 'remove'>;
  readonly objects: Pick<UploadObjects, 'read' | 'remove'>;
  readonly send: ImportQueue['send'];
  readonly refused: Pick<RefusedImports, 'keep' | 'forget'>;
  readonly notify: Notify;
  readonly now: Clock;
};

/** `gone`: nobody asked for this object, or it was read, has expired or was erased. */
export type UploadOutcome = 'queued' | 'refused' | 'gone';

/** A file that the process did not outlive twice would not be read the third time either. */
const MOST_ATTEMPTS = 2;
const LONGEST_DETAIL = 2000;
/** Characters of warnings that are kept: an item of the table holds 400 KB. */
const MOST_REPORTED = 100_000;

type Refusal = { readonly reason: string; readonly detail: string };

/** Done again with the same object, it sends the same imports again, which changes nothing. @param key of the object */
export async function readUploaded(parts: ReadUploadedParts, key: string): Promise<UploadOutcome> {
  const { uploads, objects } = parts;
  const place = placeOfUpload(key);
  const begun = place && (await uploads.begin(place));
  if (!place || !begun) {
    await objects.remove(key);
    return 'gone';
  }
  const { upload, attempts } = begun;
  if (attempts > MOST_ATTEMPTS) {
    return refuse(parts, place, upload, {
      reason: 'TOO_COSTLY',
      detail: 'the file takes more time or memory than there is; ask the bank for fewer days in a file',
    });
  }
  try {
    return await queued(parts, place, upload);
  } catch (error) {
    if (error instanceof RefusedError) return refuse(parts, place, upload, refusalOf(error));
    await uploads.putBack(place);
    throw error;
  }
}

async function queued(parts: ReadUploadedParts, place: UploadPlace, upload: StatementUpload): Promise<UploadOutcome> {
  const { uploads, objects, send, now } = parts;
  const key = keyOfUpload(place);
  const bytes = await objects.read(key, MOST_LARGE_BYTES);
  if (bytes === undefined) {
    await uploads.putBack(place);
    return 'gone';
  }
  if (bytes.length === 0) throw new RefusedError('INVALID_PAYLOAD', 'The file is empty.');
  const { messages, report } = readLarge(upload, bytes);
  if (messages.length === 0) {
    const detail = `no day of the file is shown to be whole; ${report.warnings.join('; ')}`;
    return refuse(parts, place, upload, { reason: 'NO_WHOLE_DAY', detail });
  }
  for (const message of messages) await send(message);
  await uploads.finish(place, shortened(report), now());
  await objects.remove(key);
  return 'queued';
}

/** The import that has the upload's id comes last: when it is joined, the others were sent. */
function readLarge(
  { owner, importId, askedAt, parameters }: StatementUpload,
  bytes: Uint8Array,
): { messages: readonly UploadMessage[]; report: StatementReport } {
  const { clientId, externalId: ownerExternalId } = owner;
  let count = 0;
  const nextId = () => (++count === 1 ? importId : `${importId}-${count}`);
  const upload = { clientId, ownerExternalId, bytes, mostBytes: MOST_LARGE_BYTES, ...parameters };
  const { messages, report } = readUpload(upload, askedAt, nextId);
  return { messages: messages.toReversed(), report };
}

/**
 * The list first: a second refusal overwrites the first. The refusal has the instant at which the URL was asked for, so that an erasure
 * that comes meanwhile covers it, whichever is faster.
 */
async function refuse(
  { uploads, objects, refused, notify }: ReadUploadedParts,
  place: UploadPlace,
  { owner, importId, askedAt }: StatementUpload,
  { reason, detail }: Refusal,
): Promise<UploadOutcome> {
  const refusal = { importId, owner, at: askedAt, reason, detail: detail.slice(0, LONGEST_DETAIL).toWellFormed() };
  await refused.keep(owner.clientId, refusal);
  await notify(owner.clientId, [refusalNotice(refusal, importId)]);
  await objects.remove(keyOfUpload(place));
  if (await uploads.remove(place)) return 'refused';
  await refused.forget(owner, importId);
  return 'gone';
}

function refusalOf({ code, message, errors }: RefusedError): Refusal {
  if (code === 'PAYLOAD_TOO_LARGE') return { reason: code, detail: message };
  const faults = errors?.map(({ path, message: fault }) => (path === '' ? fault : `${path}: ${fault}`));
  return { reason: 'INVALID_STATEMENTS', detail: faults?.join('; ') ?? message };
}

function shortened(report: StatementReport): StatementReport {
  let room = MOST_REPORTED;
  const kept = report.warnings.filter((warning) => {
    room -= warning.length;
    return room >= 0;
  });
  const left = report.warnings.length - kept.length;
  return left === 0 ? report : { ...report, warnings: [...kept, `and ${left} more warnings`] };
}
