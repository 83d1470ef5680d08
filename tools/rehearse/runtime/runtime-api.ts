/** The Lambda Runtime API for one process, as small as the runtime interface client needs it. Invocations come one after the other. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
const PATH = '/2018-06-01/runtime/';

export type RuntimeApi = {
  /** Host and port, as in AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** The function's answer to an event. @throws what the function, or its start, reports as its error */
  invoke(event: object, timeoutSeconds: number): Promise<unknown>;
  close(): void;
};

type Invocation = {
  readonly id: string;
  readonly event: object;
  readonly deadline: number;
  settle(answer: string, failed: boolean): void;
};

export async function openRuntimeApi(): Promise<RuntimeApi> {
  const waiting: Invocation[] = [];
  const pending = new Map<string, Invocation>();
  let poll: ServerResponse | undefined;
  let ids = 0;

  const hand = () => {
    const next = poll && waiting.shift();
    if (!poll || !next) return;
    pending.set(next.id, next);
    poll.writeHead(200, headersOf(next)).end(JSON.stringify(next.event));
    poll = undefined;
  };
  const server = createServer(async (request, response) => {
    const [, what = '', id = '', outcome = ''] =
      new RegExp(`^${PATH}(\\w+)/([^/]+)/?(\\w*)$`).exec(request.url ?? '') ?? [];
    if (id === 'next') {
      poll = response;
      return hand();
    }
    const body = await bodyOf(request);
    const failed = outcome !== 'response';
    const asked = what === 'init' ? [...pending.values(), ...waiting] : [pending.get(id)];
    for (const invocation of asked) invocation?.settle(body, failed);
    pending.delete(id);
    response.writeHead(202).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  return {
    address: `127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`,
    invoke: (event, timeoutSeconds) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no answer within ${timeoutSeconds} s`)), timeoutSeconds * 1000);
        const settle = (answer: string, failed: boolean) => {
          clearTimeout(late);
          if (failed) reject(new Error(answer));
          else resolve(JSON.parse(answer));
        };
        ids += 1;
        waiting.push({
          id: `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`,
          event,
          deadline: Date.now() + timeoutSeconds * 1000,
          settle,
        });
        hand();
      }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const headersOf = ({ id, deadline }: Invocation) => ({
  'content-type': 'application/json',
  'lambda-runtime-aws-request-id': id,
  'lambda-runtime-deadline-ms': String(deadline),
  'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-central-1:000000000000:function:rehearsed',
  'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}
