import { SQSClient } from '@aws-sdk/client-sqs';
import { openFailureQueues } from '../../adapters/failures/failure-queues.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import type { FailureQueueName } from '../../contracts/http/failures.ts';
import { systemClock } from '../../runtime/clock.ts';
import { isOnOneMachine, readConfiguration } from '../../runtime/configuration.ts';
import { openFailures } from '../../use-cases/failures/failures.ts';
import { makeFailures } from './recipe.ts';

const urls = readConfiguration([
  'parkedQueue',
  'importDeadLetters',
  'importQueue',
  'uploadDeadLetters',
  'uploadQueue',
  'changeDeadLetters',
  'changeQueue',
  'erasureDeadLetters',
  'erasureQueue',
  'webhookDeadLetters',
  'webhookQueue',
]);

/** Each queue of failures, and where its messages failed. */
const QUEUES: Readonly<Record<FailureQueueName, readonly [url: string, home: string]>> = {
  parked: [urls.parkedQueue, urls.importQueue],
  imports: [urls.importDeadLetters, urls.importQueue],
  uploads: [urls.uploadDeadLetters, urls.uploadQueue],
  changes: [urls.changeDeadLetters, urls.changeQueue],
  erasures: [urls.erasureDeadLetters, urls.erasureQueue],
  webhooks: [urls.webhookDeadLetters, urls.webhookQueue],
};
const sqs = leanClient(SQSClient);
// On one machine a queue is one server: what it has it answers at once.
const waitSeconds = isOnOneMachine() ? 0 : 1;

const open = (names: readonly FailureQueueName[]) =>
  openFailureQueues(
    names.map((name) => {
      const [url, home] = QUEUES[name];
      return { name, url, homeUrl: () => home, holdsImports: home === urls.importQueue };
    }),
    { sqs, waitSeconds },
  );

/** For operators: what failed, queue by queue, and another try. */
export const handler = makeFailures(openFailures(open, systemClock));
