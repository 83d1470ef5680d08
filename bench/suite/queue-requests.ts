/** Requests of the queue: a publisher, the queue, and a poller like Lambda's; the function does not matter here. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { openImportQueue } from '../../functions/adapters/imports/import-queue.ts';
import { startPoller } from '../../local/functions/poller.ts';
import { startSqs } from '../../local/sqs/server.ts';
import { scratch } from '../support/bundle.ts';
import { requestsOf, startCountingProxy } from '../support/counting-proxy.ts';
import { counted, type Figure, type Progress } from '../support/figures.ts';
import { messageOf, SEED, transactionsOf } from '../support/owners.ts';

const REGION = 'eu-central-1';
const ACCOUNT = '000000000000';

export async function queueRequests(progress: Progress): Promise<Figure[]> {
  const server = await startSqs({ file: join(scratch('queue'), 'sqs.db'), port: 0, region: REGION, account: ACCOUNT });
  const proxy = await startCountingProxy(server.endpoint);
  const client = (endpoint: string) =>
    new SQSClient({ endpoint, region: REGION, credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' } });
  const direct = client(server.endpoint);
  const counting = client(proxy.endpoint);
  try {
    const figures: Figure[] = [];
    for (const messages of [1, 10]) {
      const name = `import-${messages}`;
      await direct.send(new CreateQueueCommand({ QueueName: name }));
      const url = (endpoint: string) => `${endpoint}/${ACCOUNT}/${name}`;
      const queue = openImportQueue({
        queueUrl: url(proxy.endpoint),
        openPayloads: () => Promise.reject(new Error('the import is small')),
        newName: () => 'bench',
        sqs: counting,
      });
      proxy.take();
      const message = messageOf(transactionsOf({ rows: 50, seed: SEED }));
      for (let n = 0; n < messages; n++) await queue.send({ ...message, importId: `i${n}` });
      const sent = proxy.take();
      const batches: number[] = [];
      const poller = startPoller({
        mapping: {
          functionName: 'worker',
          queueName: name,
          queueArn: `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`,
          batchSize: 10,
          windowMs: 0,
          partial: true,
          maxConcurrency: undefined,
        },
        queueUrl: url(proxy.endpoint),
        endpoint: proxy.endpoint,
        region: REGION,
        concurrency: 1,
        invoke: async (event) => {
          batches.push((event as { Records: unknown[] }).Records.length);
          return { ok: true, payload: '{"batchItemFailures":[]}' };
        },
        report: (problem) => progress(problem),
      });
      while (!(await isEmpty(direct, url(server.endpoint)))) await sleep(20);
      const taken = proxy.take();
      const stopped = poller.stop();
      const invocations = batches.length;
      figures.push(
        counted(`queue: ${messages} imports sent`, 'SendMessage', requestsOf(sent)),
        counted(
          `queue: ${messages} imports received and deleted, ${invocations} invocations`,
          'requests',
          requestsOf(taken),
        ),
      );
      await stopped;
    }
    return figures;
  } finally {
    direct.destroy();
    counting.destroy();
    await proxy.close();
    await server.close();
  }
}

async function isEmpty(sqs: SQSClient, queue: string): Promise<boolean> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['All'] }),
  );
  return (
    Attributes['ApproximateNumberOfMessages'] === '0' && Attributes['ApproximateNumberOfMessagesNotVisible'] === '0'
  );
}
