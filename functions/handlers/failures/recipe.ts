import type { Context } from 'aws-lambda';
import { FAILURE_QUEUES, type FailureQueueName, retryBody } from '../../contracts/http/failures.ts';
import { FAILURES_OF_A_LOOK, MOST_FAILURES_OF_A_LOOK } from '../../contracts/http/limits.ts';
import { parseWith } from '../../contracts/import/import-message.ts';
import { readCheckedBody } from '../../http/body.ts';
import type { CalledEvent } from '../../http/caller.ts';
import { httpRoutes, json } from '../../http/http-function.ts';
import { readPathParameter } from '../../http/path.ts';
import { HttpProblem } from '../../http/problems.ts';
import { readLimit } from '../../http/query.ts';
import type { Failures } from '../../use-cases/failures/failures.ts';

/** To finish the batch in hand and to make visible what was not sent. */
const TIME_TO_END_MS = 5000;

/** What failed, for operators. */
export function makeFailures({ depths, look, retry }: Failures) {
  return httpRoutes('failures', {
    'GET /v1/failures': async () => json(200, { queues: await depths() }),
    'GET /v1/failures/{queue}': async (event) => {
      const queue = readQueue(event);
      const limit = readLimit(event, FAILURES_OF_A_LOOK, MOST_FAILURES_OF_A_LOOK);
      return json(200, { queue, ...(await look(queue, limit)) });
    },
    'POST /v1/failures/{queue}': async (event, context: Context) => {
      const queue = readQueue(event);
      const { reason, before } = await readCheckedBody(event, (value) => parseWith(retryBody, value));
      const isTimeUp = () => context.getRemainingTimeInMillis() < TIME_TO_END_MS;
      const done = await retry(queue, { reason, before: before === undefined ? before : Date.parse(before), isTimeUp });
      return json(202, { queue, ...done, before: new Date(done.before).toISOString() });
    },
  });
}

function readQueue(event: CalledEvent): FailureQueueName {
  const name = readPathParameter(event, 'queue');
  const queue = FAILURE_QUEUES.find((each) => each === name);
  if (queue) return queue;
  throw new HttpProblem('QUEUE_NOT_FOUND', `There is no such queue: there are ${FAILURE_QUEUES.join(', ')}.`);
}
