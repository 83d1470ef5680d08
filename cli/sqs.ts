/** The client of the queues. Apart from what only names queues: commands that use none should not wait for the SDK. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { type Depth, depthOf as readDepth } from '../functions/adapters/failures/failure-queues.ts';
import { answered, clientOptions, QUEUES } from './aws.ts';

export function openSqs(region: string | undefined, endpoint: string | undefined): SQSClient {
  return new SQSClient({
    ...clientOptions(region, endpoint),
    // The SDK sends to the host of the queue URL, not to the endpoint, unless configured otherwise.
    ...(endpoint && { useQueueUrlAsEndpoint: false }),
  });
}

export type { Depth };

/** @throws {CliError} */
export function depthOf(sqs: SQSClient, url: string | undefined): Promise<Depth> {
  return answered(QUEUES, readDepth(sqs, url));
}
