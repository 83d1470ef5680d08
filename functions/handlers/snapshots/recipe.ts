import { snapshotBody } from '../../contracts/http/segments.ts';
import { parseWith } from '../../contracts/import/import-message.ts';
import { hasBody, readCheckedBody } from '../../http/body.ts';
import type { CalledEvent, Caller } from '../../http/caller.ts';
import { httpRoutes, json, type Recipe } from '../../http/http-function.ts';
import { locationOf } from '../../http/location.ts';
import { readId } from '../../http/path.ts';
import type { Asker } from '../../use-cases/segments/asker.ts';
import type { Questions } from '../../use-cases/segments/questions.ts';
import type { Snapshots } from '../../use-cases/segments/snapshots.ts';
import * as questions from './read-questions.ts';

/** `askerOf`: what a caller may see. */
export type SnapshotsParts = Snapshots & Questions & { readonly askerOf: (caller: Caller) => Promise<Asker> };
type Answer = (parts: SnapshotsParts, asker: Asker, event: CalledEvent, snapshotId: string) => Promise<unknown>;

/** Snapshots, and what is asked of them. */
export function makeSnapshots(parts: SnapshotsParts) {
  const about = (answer: Answer): Recipe => {
    return async (event) => {
      const snapshotId = readId(event, 'snapshotId');
      return json(200, await answer(parts, await parts.askerOf(event.caller), event, snapshotId));
    };
  };
  return httpRoutes('snapshots', {
    'POST /v1/snapshots': async (event) => {
      const body = hasBody(event) ? await readCheckedBody(event, (value) => parseWith(snapshotBody, value)) : {};
      const asker = await parts.askerOf(event.caller);
      if (body.estimateOnly) return json(200, await parts.estimate(asker, body));
      const started = await parts.start(asker, body);
      return json(202, started, { Location: locationOf(event, started.snapshotId) });
    },
    'GET /v1/snapshots': async (event) => {
      return json(200, await parts.list(await parts.askerOf(event.caller), questions.readSnapshotsPage(event)));
    },
    'GET /v1/snapshots/{snapshotId}': about(({ read }, asker, _, id) => read(asker, id)),
    'DELETE /v1/snapshots/{snapshotId}': about(({ cancel }, asker, _, id) => cancel(asker, id)),
    'GET /v1/snapshots/{snapshotId}/owners': about(({ owners }, asker, event, id) =>
      owners(asker, id, questions.readNeeded(event, 'where'), questions.readIdsPage(event)),
    ),
    'GET /v1/snapshots/{snapshotId}/counts': about(({ counts }, asker, event, id) =>
      counts(asker, id, questions.readNeeded(event, 'where'), questions.wantsProfiles(event)),
    ),
    'GET /v1/snapshots/{snapshotId}/changes': about(({ changes, changedOwners }, asker, event, id) => {
      const [since, change] = [questions.readNeeded(event, 'since'), questions.readChange(event)];
      return change ? changedOwners(asker, id, since, change, questions.readIdsPage(event)) : changes(asker, id, since);
    }),
    'GET /v1/snapshots/{snapshotId}/distributions': about(({ distribution }, asker, event, id) =>
      distribution(asker, id, questions.readFeature(event)),
    ),
    'GET /v1/snapshots/{snapshotId}/unlabelled': about(({ unlabelled }, asker, event, id) =>
      unlabelled(asker, id, questions.readMerchantsLimit(event)),
    ),
    'GET /v1/snapshots/{snapshotId}/files': about(({ files }, asker, event, id) =>
      files(asker, id, questions.readFilesPage(event)),
    ),
  });
}
