/** Numbers of owners in what previews and publications answer, as a key may know them: without `read` no individual is learned. */
import type { PublicationView } from '../../contracts/http/catalogue.ts';
import type { Estimate, PreviewView } from '../../contracts/http/previews.ts';
import { type Asker, rounded } from '../segments/asker.ts';

export type Knowing = Pick<Asker, 'smallestGroup'>;

export function estimateFor(asker: Knowing, estimate: Estimate): Estimate {
  return { ...estimate, owners: rounded(asker, estimate.owners) };
}

export function previewFor(asker: Knowing, preview: PreviewView): PreviewView {
  return {
    ...preview,
    owners: rounded(asker, preview.owners),
    result: preview.result && resultFor(asker, preview.result),
  };
}

export function publicationFor(asker: Knowing, { replay, ...publication }: PublicationView): PublicationView {
  const { owners, rewritten, failed } = replay;
  return {
    ...publication,
    replay: {
      ...replay,
      owners: rounded(asker, owners),
      rewritten: rounded(asker, rewritten),
      failed: rounded(asker, failed),
    },
  };
}

type Result = NonNullable<PreviewView['result']>;

function resultFor(asker: Knowing, { owners, failed, hash, profiles }: Result): Result {
  return {
    owners: rounded(asker, owners),
    failed: rounded(asker, failed),
    hash,
    profiles: profiles.map(({ before, after, entered, left, notJudgedBefore, notJudgedAfter, ...profile }) => ({
      ...profile,
      before: rounded(asker, before),
      after: rounded(asker, after),
      entered: rounded(asker, entered),
      left: rounded(asker, left),
      ...(notJudgedBefore !== undefined && { notJudgedBefore: rounded(asker, notJudgedBefore) }),
      ...(notJudgedAfter !== undefined && { notJudgedAfter: rounded(asker, notJudgedAfter) }),
    })),
  };
}
