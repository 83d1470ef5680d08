/**
 * What the slices of a run found, an object each. A repeated visit of a slice does not rewrite its object: it is done. Those of snapshots
 * are in a bucket of their own, because they are kept longer and name owners.
 */
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { isSnapshotId } from './run-store.ts';

export type RunPlace = { readonly clientId: string; readonly runId: string };
export type RunResults = ReturnType<typeof openRunResults>;

const SLICE_DIGITS = 6;

/** The prefix of the keys of a run's objects, and how a slice is named in them. */
export const runFolder = ({ clientId, runId }: RunPlace) => `${clientId}/${runId}/`;
export const sliceName = (slice: number) => String(slice).padStart(SLICE_DIGITS, '0');

/** @param snapshotsBucket where snapshots are kept; absent for functions that have nothing to do with them */
export function openRunResults(bucket: string, s3: S3Client = new S3Client(), snapshotsBucket = bucket) {
  const bucketOf = ({ runId }: RunPlace) => (isSnapshotId(runId) ? snapshotsBucket : bucket);
  const sliceKey = (place: RunPlace, slice: number) => `${runFolder(place)}slices/${sliceName(slice)}.json`;
  const summaryKey = (place: RunPlace) => `${runFolder(place)}summary.json`;

  async function get<Value>(place: RunPlace, Key: string): Promise<Value | undefined> {
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucketOf(place), Key }));
      return JSON.parse((await Body?.transformToString()) ?? '') as Value;
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async function put(place: RunPlace, Key: string, value: object): Promise<void> {
    const Body = JSON.stringify(value);
    await s3.send(new PutObjectCommand({ Bucket: bucketOf(place), Key, Body, ContentType: 'application/json' }));
  }

  /** How many slices of a run are done. */
  async function countSlices(place: RunPlace): Promise<number> {
    let counted = 0;
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket: bucketOf(place), Prefix: `${runFolder(place)}slices/`, ContinuationToken }),
      );
      counted += page.KeyCount ?? 0;
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
    return counted;
  }

  return {
    getSlice: <Value>(place: RunPlace, slice: number) => get<Value>(place, sliceKey(place, slice)),
    putSlice: (place: RunPlace, slice: number, value: object) => put(place, sliceKey(place, slice), value),
    getSummary: <Value>(place: RunPlace) => get<Value>(place, summaryKey(place)),
    putSummary: (place: RunPlace, value: object) => put(place, summaryKey(place), value),
    countSlices,
  };
}
