/** What the OpenAPI document says of failures. */
import { FAILURES_PARAMETERS } from '../http/failures.ts';
import type { RouteName } from '../http/routes.ts';
import type { Operation } from './operation.ts';
import { refTo } from './schemas.ts';

const tags = ['operations'];

export const FAILURE_OPERATIONS: Readonly<Record<RouteName<'failures'>, Operation>> = {
  'GET /v1/failures': {
    operationId: 'listFailureQueues',
    summary: 'How many messages failed, by queue',
    description: 'Of all clients. SQS counts approximately.',
    tags,
    successes: [{ status: 200, description: 'The queues', schema: 'FailureQueues' }],
    problems: [],
  },
  'GET /v1/failures/{queue}': {
    operationId: 'listFailures',
    summary: 'Messages that failed, and why',
    description: [
      'Without bodies and ids of owners. SQS cannot list a queue: the messages are received, hidden from others for the time of the request,',
      'and their `receives` grow by one.',
    ].join(' '),
    tags,
    query: FAILURES_PARAMETERS,
    successes: [{ status: 200, description: 'Some messages of the queue', schema: 'Failures' }],
    problems: ['QUEUE_NOT_FOUND', 'INVALID_PARAMETER'],
  },
  'POST /v1/failures/{queue}': {
    operationId: 'retryFailures',
    summary: 'Sends failures back to where they failed',
    description: [
      'Each message is removed here once the other queue has it. If the answer says `more`, ask again with its `before`. Repeated and',
      'simultaneous requests do no harm: they share the messages, and a message that is worked on twice has the effect of one.',
      'Imports of a client that restricts its senders need the role of this function among them.',
    ].join(' '),
    tags,
    body: {
      description: 'Which messages: an empty object means all',
      content: {
        'application/json': {
          schema: refTo('RetryBody'),
          examples: { reason: { value: { reason: 'UNKNOWN_CLIENT' } } },
        },
      },
    },
    successes: [{ status: 202, description: 'They were sent, and are worked on', schema: 'Retry' }],
    problems: ['QUEUE_NOT_FOUND', 'INVALID_PAYLOAD', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
  },
};
