/** The objects of large uploads: put by clients with a signed URL, read once, and removed. */
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { UPLOAD_URL_SECONDS } from '../../contracts/http/limits.ts';
import { RefusedError } from '../../runtime/errors.ts';

export type UploadObjects = ReturnType<typeof openUploadObjects>;

/** Without it a signed URL would have the checksum of an empty body, and S3 would refuse every file. */
const SIGNING = { requestChecksumCalculation: 'WHEN_REQUIRED' } as const;

export function openUploadObjects(Bucket: string, s3: S3Client = new S3Client(SIGNING)) {
  /** Anyone who has it may put this one object, for a quarter of an hour. */
  function sign(Key: string): Promise<string> {
    return getSignedUrl(s3, new PutObjectCommand({ Bucket, Key }), { expiresIn: UPLOAD_URL_SECONDS });
  }

  /** Undefined: there is no such object. @throws RefusedError PAYLOAD_TOO_LARGE, before anything of it is read */
  async function read(Key: string, mostBytes: number): Promise<Uint8Array | undefined> {
    try {
      const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      if (ContentLength > mostBytes) {
        // The rest of the object must not stay in the socket: the connection is closed, not drained.
        (Body as { destroy?: () => void } | undefined)?.destroy?.();
        throw new RefusedError(
          'PAYLOAD_TOO_LARGE',
          `the file has ${ContentLength} bytes; at most ${mostBytes} are read`,
        );
      }
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async function remove(Key: string): Promise<void> {
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  }

  return { sign, read, remove };
}
