/**
 * As much of Step Functions as starting, watching, stopping and redriving executions needs: the AWS JSON protocol over HTTP.
 *
 *   const states = await startStates({ file: 'states.db', port: 0, machines, invoke });
 *   states.resume();
 *   new SFNClient({ endpoint: states.endpoint });
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { closeServer, LOOPBACK, listen, readBody } from '../http.ts';
import type { Access } from '../iam/access.ts';
import { stateRequests } from '../iam/requests.ts';
import { ACTIONS, type Context, type Input, StatesError } from './actions.ts';
import { openExecutions } from './executions.ts';
import { openRunner, type RunnerOptions } from './runner.ts';

export type StatesOptions = Omit<RunnerOptions, 'executions'> & {
  readonly file: string;
  readonly port: number;
  readonly access?: Access;
};

const MAX_REQUEST = 2 * 1_048_576;

export async function startStates({ file, port, access, ...options }: StatesOptions) {
  const db = new DatabaseSync(file, { timeout: 5000 });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
  const executions = openExecutions(db);
  const runner = openRunner({ executions, ...options });
  const context: Context = { executions, runner, machines: options.machines };
  const server = createServer((request, response) => {
    answer(context, access, request, response).catch(() => response.destroy());
  });
  const endpoint = `http://${LOOPBACK}:${await listen(server, port, { otherwiseAny: true })}`;
  return {
    endpoint,
    resume: runner.resume,
    /** Starts no more executions; running ones are restarted at the next start. */
    halt: runner.halt,
    async close() {
      await runner.halt();
      await closeServer(server, 200);
      db.close();
    },
  };
}

async function answer(
  context: Context,
  access: Access | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('x-amzn-RequestId', randomUUID());
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  try {
    const target = String(request.headers['x-amz-target'] ?? '');
    const body = await readBody(request, MAX_REQUEST);
    const action = /^AWSStepFunctions\.(\w+)$/.exec(target)?.[1] ?? '';
    if (request.method !== 'POST' || !Object.hasOwn(ACTIONS, action))
      throw new StatesError('UnknownOperationException', `The local Step Functions do not know ${target}.`);
    const input = parse(body);
    const refusal = access?.refusal(request, stateRequests(action, input));
    if (refusal !== undefined) throw new StatesError('AccessDeniedException', refusal);
    response.end(JSON.stringify(await ACTIONS[action]!(context, input)));
  } catch (error) {
    const known = error instanceof StatesError;
    if (!known) process.stderr.write(`states: ${error instanceof Error ? error.stack : String(error)}\n`);
    response.statusCode = known ? 400 : 500;
    const [type, message] = known ? [error.name, error.message] : ['InternalError', 'The request failed.'];
    response.end(JSON.stringify({ __type: `com.amazonaws.sfn#${type}`, message }));
  }
}

function parse(body: Buffer): Input {
  try {
    const input: unknown = JSON.parse(body.toString() || '{}');
    if (typeof input === 'object' && input !== null) return input as Input;
  } catch {
    // Reported below, together with JSON that is not an object.
  }
  throw new StatesError('ValidationException', 'The request body is not a JSON object.');
}
