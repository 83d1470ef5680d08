/** Raw requests: no normalized paths, no added headers; every answer is checked for what all answers have. */
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import type { Running } from './service.ts';
import { until } from './until.ts';

export type Answer = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly bytes: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: what comes from outside has the form that the test asks of it
  readonly body: any;
};

export type Call = {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
  /** Null: none is sent. */
  readonly key?: string | null;
};

export async function call({ outputs }: Running, path: string, options: Call = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, key = outputs.ApiKey } = options;
  const { hostname, port } = new URL(outputs.ApiUrl);
  const answer = await new Promise<Answer>((resolve, reject) => {
    // Node leaves the length of a GET's body out, and it would be read as the next request.
    const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const all = { ...(key === null ? {} : { 'X-Api-Key': key }), ...length, ...headers };
    const outgoing = request({ hostname, port, path, method, headers: all }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const bytes = Buffer.concat(parts);
        const text = bytes.toString('utf8');
        const isPacked = incoming.headers['content-encoding'] !== undefined;
        const json = /json/.test(incoming.headers['content-type'] ?? '') && text !== '' && !isPacked;
        resolve({
          status: incoming.statusCode!,
          headers: incoming.headers,
          text,
          bytes,
          body: json ? JSON.parse(text) : undefined,
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
  expect(answer.headers['x-request-id']).toMatch(/^\S+$/);
  return answer;
}

/** An RFC 9457 problem with all fields of the contract, and nothing internal; a body that cannot be read has no paths. */
export function expectUnreadable(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body?.code }).toEqual({ status, code });
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json\b/);
  expect(answer.body).toEqual(
    expect.objectContaining({
      // Where this very service explains it, whether a function or the gateway answered.
      type: expect.stringMatching(new RegExp(`^http://[^/]+:\\d+/v1/problems#${code.toLowerCase()}$`)),
      title: expect.any(String),
      status,
      detail: expect.any(String),
      requestId: answer.headers['x-request-id'],
    }),
  );
  expect(answer.text).not.toMatch(/node_modules|\.ts\b|\.js\b|at \w+ \(|stack|TypeError|SyntaxError|arn:|DynamoDB/);
}

/** The same, and for bad input the place of the fault. */
export function expectProblem(answer: Answer, status: number, code: string): void {
  expectUnreadable(answer, status, code);
  if (status !== 400) return;
  expect(answer.body.errors.length).toBeGreaterThan(0);
  for (const error of answer.body.errors) {
    // Of a bank's file it is what the reader found.
    const message = code === 'INVALID_PAYLOAD' ? expect.any(String) : expect.stringMatching(/^must /);
    expect(error).toEqual({ path: expect.any(String), message });
  }
}

export type Route = 'owner-profiles' | 'owner-profiles/explanation' | 'owner-features';
export const ROUTES: readonly Route[] = ['owner-profiles', 'owner-profiles/explanation', 'owner-features'];

export const ownerPath = (route: Route | 'owner' | 'owner/statements', id: string, more = ''): string =>
  `/v1/${route}?ownerExternalId=${encodeURIComponent(id)}${more}`;

export const about = (service: Running, route: Route, id: string, more = '', options?: Call): Promise<Answer> =>
  call(service, ownerPath(route, id, more), options);

/** Waits until the first import of the owner is processed. */
export const known = (service: Running, id: string, options?: Call): Promise<Answer> =>
  until(`owner ${id}`, async () => {
    const answer = await about(service, 'owner-profiles', id, '', options);
    if (answer.status !== 404) expect(answer.status).toBe(200);
    return answer.status === 200 && answer;
  });

/**
 * All answers about an owner, without its name and the instant of its last import: two owners with the same data must get the
 * same, though their imports were made one after the other.
 */
export async function allOf(service: Running, id: string, more = ''): Promise<unknown> {
  const answers: unknown[] = [];
  for (const route of ROUTES) {
    const { status, body } = await about(service, route, id, more);
    expect({ route, status }).toEqual({ route, status: 200 });
    expect(body.ownerExternalId).toBe(id);
    const { ownerExternalId: _, lastImportedAt: __, ...rest } = body;
    answers.push({ ...rest, ownerExternalId: 'the owner' });
  }
  return answers;
}
