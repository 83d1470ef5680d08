/**
 * An SQS server for one machine: the AWS JSON protocol over HTTP, stored in one SQLite file. Acknowledged messages survive a kill.
 *
 *   const queue = await startSqs({ file: 'sqs.db', port: 0, region: 'eu-central-1', account: '000000000000' });
 *   new SQSClient({ endpoint: queue.endpoint });
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { closeServer, LOOPBACK, listen, readBody } from '../http.ts';
import { type Access, type AccessOptions, callerOf, openAccess } from '../iam/access.ts';
import { sqsRequests } from '../iam/requests.ts';
import { groupCommit } from './commit.ts';
import type { Action, Call, Context, Input } from './context.ts';
import { accessDenied, invalidValue, SqsError, unknownOperation } from './errors.ts';
import * as manage from './manage.ts';
import { openMessages } from './messages.ts';
import { openQueues } from './queues.ts';
import * as receive from './receive.ts';
import * as send from './send.ts';
import { openWaiters } from './waiters.ts';

export type SqsOptions = {
  readonly file: string;
  readonly port: number;
  readonly region: string;
  readonly account: string;
  /** Queues whose only consumer stopped with us: its messages in flight are visible again at once. */
  readonly release?: readonly string[];
  /** Without it, all callers may do anything. */
  readonly access?: AccessOptions;
};

const ACTIONS: Readonly<Record<string, Action>> = {
  CreateQueue: manage.createQueue,
  GetQueueUrl: manage.getQueueUrl,
  ListQueues: manage.listQueues,
  ListDeadLetterSourceQueues: manage.listDeadLetterSourceQueues,
  GetQueueAttributes: manage.getQueueAttributes,
  SetQueueAttributes: manage.setQueueAttributes,
  PurgeQueue: manage.purgeQueue,
  StartMessageMoveTask: manage.startMessageMoveTask,
  ListMessageMoveTasks: manage.listMessageMoveTasks,
  SendMessage: send.sendMessage,
  SendMessageBatch: send.sendMessageBatch,
  ReceiveMessage: receive.receiveMessage,
  DeleteMessage: receive.deleteMessage,
  DeleteMessageBatch: receive.deleteMessageBatch,
  ChangeMessageVisibility: receive.changeMessageVisibility,
  ChangeMessageVisibilityBatch: receive.changeMessageVisibilityBatch,
};

/** Escaping needs at most ten characters of JSON for one byte of a message. */
const MAX_REQUEST = 10 * 1_048_576;

export async function startSqs(options: SqsOptions) {
  const db = new DatabaseSync(options.file, { timeout: 5000 });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
  const queues = openQueues(db, options);
  const messages = openMessages(db);
  for (const name of options.release ?? []) messages.releaseInFlight(name, Date.now());

  let endpoint = '';
  const context: Context = {
    queues,
    messages,
    waiters: openWaiters(),
    commit: groupCommit(db),
    endpoint: () => endpoint,
    account: options.account,
  };
  const allow = allowing(options.access && openAccess(options.access));
  const server = createServer((request, response) => {
    answer(context, allow, request, response).catch(() => response.destroy());
  });
  endpoint = `http://${LOOPBACK}:${await listen(server, options.port, { otherwiseAny: true })}`;
  return {
    endpoint,
    close: async () => {
      await closeServer(server, 200);
      // Long polls end when their connections are cut; their last look at the table comes a turn later.
      await new Promise((resolve) => setTimeout(resolve, 20));
      db.close();
    },
  };
}

type Allow = (request: IncomingMessage, action: string, input: Input) => void;

/** @throws SQS's answer to a caller without the right */
function allowing(access: Access | undefined): Allow {
  return (request, action, input) => {
    const refusal = access?.refusal(request, sqsRequests(access.place, action, input));
    if (refusal !== undefined) throw accessDenied(refusal);
  };
}

async function answer(
  context: Context,
  allow: Allow,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('x-amzn-RequestId', randomUUID());
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  const hungUp = new AbortController();
  // Not after an answer: most requests would make an error that nobody reads.
  response.on('close', () => response.writableFinished || hungUp.abort());
  try {
    const target = String(request.headers['x-amz-target'] ?? '');
    const body = await readBody(request, MAX_REQUEST);
    const action = /^AmazonSQS\.(\w+)$/.exec(target)?.[1];
    if (request.method !== 'POST' || action === undefined || !Object.hasOwn(ACTIONS, action))
      throw unknownOperation(target);
    const input = parse(body);
    allow(request, action, input);
    const call: Call = { signal: hungUp.signal, sender: callerOf(request) };
    const output = await ACTIONS[action]!(context, input, call);
    response.end(output === undefined ? '{}' : JSON.stringify(output));
  } catch (error) {
    const known = error instanceof SqsError;
    if (!known) process.stderr.write(`sqs: ${error instanceof Error ? error.stack : String(error)}\n`);
    response.statusCode = known ? 400 : 500;
    const type = known ? `${error.namespace}#${error.name}` : 'com.amazonaws.sqs#InternalError';
    response.setHeader(
      'x-amzn-query-error',
      `${known ? error.queryCode : 'InternalError'};${known ? 'Sender' : 'Receiver'}`,
    );
    response.end(JSON.stringify({ __type: type, message: known ? error.message : 'The request failed.' }));
  }
}

function parse(body: Buffer): Input {
  try {
    const input: unknown = JSON.parse(body.toString());
    if (typeof input === 'object' && input !== null) return input as Input;
  } catch {
    // Reported below, together with JSON that is not an object.
  }
  throw invalidValue('The request body is not a JSON object.');
}
