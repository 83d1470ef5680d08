/** The client of the queues. Apart from what only names queues: commands that use none should not wait for the SDK. */
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { answered, clientOptions, QUEUES } from './aws.ts';

export function openSqs(region: string | undefined, endpoint: string | undefined): SQSClient {
  return new SQSClient({
    ...clientOptions(region, endpoint),
    // The SDK sends to the host of the queue URL, not to the endpoint, unless configured otherwise.
    ...(endpoint && { useQueueUrlAsEndpoint: false }),
  });
}

/** Messages that can be received, and those that were and are hidden; SQS counts approximately. */
export type Depth = { readonly waiting: number; readonly inFlight: number };

/** @throws {CliError} */
export async function depthOf(sqs: SQSClient, url: string | undefined): Promise<Depth> {
  const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
  const { Attributes = {} } = await answered(QUEUES, sqs.send(command));
  return {
    waiting: Number(Attributes['ApproximateNumberOfMessages'] ?? 0),
    inFlight: Number(Attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0),
  };
}
