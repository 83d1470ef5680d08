/**
 * What a snapshot keeps in its bucket beside the results of its slices (run-results.ts), below `<clientId>/<snapshotId>/`: tables for other
 * programs (`files/parquet/000000.parquet`, `files/csv/000000.csv`: a folder for each form, as Athena wants it; `sql/000000.parquet`: with kept
 * features as columns that Athena can name) and merchants without a label (`unlabelled/000000.json`).
 */
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { SnapshotSlice } from '../../domain/segments/snapshot-slice.ts';
import type { Merchants } from '../../domain/segments/unlabelled.ts';
import { type RunPlace, runFolder, sliceName } from '../runs/run-results.ts';
import type { FileFormat, Table, TableForm } from './tables.ts';

export type SnapshotFile = {
  readonly format: FileFormat;
  readonly part: number;
  readonly rows: number;
  readonly bytes: number;
  /** Signed: anyone who has it may read the file, for a quarter of an hour. */
  readonly url: string;
};
export type SnapshotFiles = ReturnType<typeof openSnapshotFiles>;

/** How long a signed URL holds. */
const URL_SECONDS = 15 * 60;
const JSON_TYPE = { ContentType: 'application/json' } as const;
const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  parquet: 'application/vnd.apache.parquet',
} as const;
const HEADS_AT_ONCE = 32;
const SOMEBODY_WAS_FASTER = ['PreconditionFailed', 'ConditionalRequestConflict'];

export function openSnapshotFiles(bucket: string, s3: S3Client = new S3Client()) {
  const { get, put } = openObjects(bucket, s3);
  const sliceKey = (place: RunPlace, slice: number) => `${runFolder(place)}slices/${sliceName(slice)}.json`;
  const merchantsKey = (place: RunPlace, slice: number) => `${runFolder(place)}unlabelled/${sliceName(slice)}.json`;

  return {
    /** A slice with the tag of its content, on which it can be replaced. */
    readSlice: (place: RunPlace, slice: number) => get<SnapshotSlice>(sliceKey(place, slice)),

    /** False: a conflict. */
    async replaceSlice(place: RunPlace, number: number, slice: SnapshotSlice, tag: string | undefined) {
      try {
        await put(sliceKey(place, number), JSON.stringify(slice), { ...JSON_TYPE, IfMatch: tag });
        return true;
      } catch (error) {
        if (error instanceof S3ServiceException && SOMEBODY_WAS_FASTER.includes(error.name)) return false;
        throw error;
      }
    },

    async putTable(place: RunPlace, part: number, form: TableForm, { rows, body }: Table): Promise<void> {
      const format = form === 'sql' ? 'parquet' : form;
      const folder = form === 'sql' ? sqlFolder(place) : `${filesFolder(place)}${format}/`;
      const key = `${folder}${sliceName(part)}.${format}`;
      await put(key, body, { ContentType: MEDIA_TYPES[format], Metadata: { rows: String(rows) } });
    },

    putMerchants: (place: RunPlace, slice: number, merchants: Merchants): Promise<void> =>
      put(merchantsKey(place, slice), JSON.stringify(merchants), JSON_TYPE),

    readMerchants: async (place: RunPlace, slice: number): Promise<Merchants | undefined> =>
      (await get<Merchants>(merchantsKey(place, slice)))?.value,

    /** Tables of a snapshot, part by part: at most this many, those behind the name `after`. */
    listFiles: (place: RunPlace, limit: number, after?: string): Promise<FilesPage> =>
      listFiles(bucket, s3, place, limit, after),
  };
}

/** `last`: the name of the last file where there are more, such as `csv/000012.csv`. */
export type FilesPage = { readonly files: readonly SnapshotFile[]; readonly last: string | undefined };

const filesFolder = (place: RunPlace) => `${runFolder(place)}files/`;
const sqlFolder = (place: RunPlace) => `${runFolder(place)}sql/`;

async function listFiles(Bucket: string, s3: S3Client, place: RunPlace, limit: number, after = ''): Promise<FilesPage> {
  const Prefix = filesFolder(place);
  const { Contents = [], IsTruncated = false } = await s3.send(
    new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: limit, StartAfter: `${Prefix}${after}` }),
  );
  const keys = Contents.flatMap(({ Key }) => Key ?? []);
  const files: SnapshotFile[] = [];
  for (let first = 0; first < keys.length; first += HEADS_AT_ONCE) {
    const some = keys.slice(first, first + HEADS_AT_ONCE);
    files.push(...(await Promise.all(some.map((key) => described(Bucket, s3, place, key)))));
  }
  return { files, last: IsTruncated ? keys.at(-1)?.slice(Prefix.length) : undefined };
}

async function described(Bucket: string, s3: S3Client, { runId }: RunPlace, Key: string): Promise<SnapshotFile> {
  const { Metadata, ContentLength } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  const [, part = '', format = ''] = /(\d+)\.(\w+)$/.exec(Key) ?? [];
  const ResponseContentDisposition = `attachment; filename="${runId}-${part}.${format}"`;
  const command = new GetObjectCommand({ Bucket, Key, ResponseContentDisposition });
  return {
    format: format === 'csv' ? 'csv' : 'parquet',
    part: Number(part),
    rows: Number(Metadata?.['rows']),
    bytes: ContentLength ?? 0,
    url: await getSignedUrl(s3, command, { expiresIn: URL_SECONDS }),
  };
}

type Headers = Pick<ConstructorParameters<typeof PutObjectCommand>[0], 'ContentType' | 'IfMatch' | 'Metadata'>;
type Tagged<Value> = { readonly value: Value; readonly tag: string | undefined };

function openObjects(Bucket: string, s3: S3Client) {
  async function get<Value>(Key: string): Promise<Tagged<Value> | undefined> {
    try {
      const { Body, ETag } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return { value: JSON.parse((await Body?.transformToString()) ?? '') as Value, tag: ETag };
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async function put(Key: string, Body: string | Uint8Array, headers: Headers): Promise<void> {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body, ...headers }));
  }

  return { get, put };
}
