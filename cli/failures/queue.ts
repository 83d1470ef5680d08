/** The parked and the dead-letter queue, as the command line reaches them. */
import { type Failure, openFailureQueues as open } from '../../functions/adapters/failures/failure-queues.ts';
import { answered, QUEUES } from '../aws.ts';
import { usage } from '../errors.ts';
import { openSqs } from '../sqs.ts';
import type { FailuresConnection } from './connection.ts';

export type { Failure };
export type FailureQueues = ReturnType<typeof openFailureQueues>;

/** @throws {CliError} from every function */
export function openFailureQueues({ urls, importQueueUrl, endpoint, region }: FailuresConnection) {
  const sqs = openSqs(region, endpoint);
  const homeUrl = () => {
    if (!importQueueUrl) throw usage('the import queue is not known', 'give --queue-url, or --outputs');
    return importQueueUrl;
  };
  const queues = Object.entries(urls).map(([name, url]) => ({ name, url, homeUrl, holdsImports: true }));
  // A local queue is one server: what it has it answers at once.
  const waitSeconds = endpoint ? 0 : 1;
  const { depths, close, ...opened } = open(queues, {
    sqs,
    waitSeconds,
    answered: (answer) => answered(QUEUES, answer),
  });

  /** How many messages there are, including hidden ones; SQS counts approximately. */
  async function depth(): Promise<number> {
    return [...(await depths()).values()].reduce((sum, { waiting, inFlight }) => sum + waiting + inFlight, 0);
  }

  return { ...opened, depth, close: () => close().finally(() => sqs.destroy()) };
}
