/** What the slices of a run found, an object each. An object that is there is never written anew: whoever visits a slice again is done. */
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

export type RunPlace = { readonly clientId: string; readonly runId: string };
export type RunResults = ReturnType<typeof openRunResults>;

const SLICE_DIGITS = 6;

export function openRunResults(bucket: string, s3: S3Client = new S3Client()) {
  const folder = ({ clientId, runId }: RunPlace) => `${clientId}/${runId}/`;
  const sliceKey = (place: RunPlace, slice: number) =>
    `${folder(place)}slices/${String(slice).padStart(SLICE_DIGITS, '0')}.json`;
  const summaryKey = (place: RunPlace) => `${folder(place)}summary.json`;

  async function get<Value>(Key: string): Promise<Value | undefined> {
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return JSON.parse((await Body?.transformToString()) ?? '') as Value;
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async function put(Key: string, value: object): Promise<void> {
    await s3.send(
      new PutObjectCommand({ Bucket: bucket, Key, Body: JSON.stringify(value), ContentType: 'application/json' }),
    );
  }

  /** How many slices of a run are done. */
  async function countSlices(place: RunPlace): Promise<number> {
    let counted = 0;
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: `${folder(place)}slices/`, ContinuationToken }),
      );
      counted += page.KeyCount ?? 0;
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
    return counted;
  }

  return {
    getSlice: <Value>(place: RunPlace, slice: number) => get<Value>(sliceKey(place, slice)),
    putSlice: (place: RunPlace, slice: number, value: object) => put(sliceKey(place, slice), value),
    getSummary: <Value>(place: RunPlace) => get<Value>(summaryKey(place)),
    putSummary: (place: RunPlace, value: object) => put(summaryKey(place), value),
    countSlices,
  };
}
