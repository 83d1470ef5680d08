/** Notifies queues of new objects, as S3 does (Amazon S3 user guide, "Event message structure"). */
import { callAws } from '../aws-json.ts';
import type { AnnouncementSpec } from '../template/wiring.ts';
import type { Description } from './objects.ts';

type Options = {
  readonly announcements: readonly AnnouncementSpec[];
  readonly region: string;
  readonly account: string;
  /** Known once the queue server listens. */
  readonly sqsEndpoint: () => Promise<string>;
};

export function announcer({ announcements, region, account, sqsEndpoint }: Options) {
  return async (bucket: string, object: Description): Promise<void> => {
    const meant = announcements.filter((one) => one.bucket === bucket && object.key.startsWith(one.prefix));
    for (const { queueName } of meant) {
      const endpoint = await sqsEndpoint();
      const input = {
        QueueUrl: `${endpoint}/${account}/${queueName}`,
        MessageBody: JSON.stringify({ Records: [recordOf(bucket, object, region)] }),
      };
      await callAws({ endpoint, target: 'AmazonSQS.SendMessage', input });
    }
  };
}

function recordOf(bucket: string, { key, size, etag, modified }: Description, awsRegion: string): object {
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion,
    eventTime: modified,
    eventName: 'ObjectCreated:Put',
    s3: {
      s3SchemaVersion: '1.0',
      bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
      // As in a form, but for the slashes.
      object: {
        key: encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+'),
        size,
        eTag: etag.replaceAll('"', ''),
      },
    },
  };
}
