import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { fc } from '@fast-check/jest';
import { JsonRequests } from '../../../../functions/adapters/sdk/json-requests.ts';
import { leanClient } from '../../../../functions/adapters/sdk/lean-client.ts';
import { RequestSigner } from '../../../../functions/adapters/sdk/request-signer.ts';
import { isTransient } from '../../../../functions/runtime/transient-errors.ts';
import { closeServer, LOOPBACK, listen, readBody } from '../../../../local/http.ts';

const REGION = 'eu-central-1';
const KEY = { pk: { S: 'a' }, sk: { S: 'b' } };
const GET = new GetItemCommand({ TableName: 't', Key: KEY });

type Request = { method: string; path: string; headers: Record<string, string>; body: string };

/** The SDK's own requests, as it has signed them. */
function sendingSdk(
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
  region: string,
) {
  const sent: Request[] = [];
  const client = new DynamoDBClient({
    region,
    credentials,
    requestHandler: {
      handle: async (request: Request) => {
        sent.push(request);
        return { response: { statusCode: 200, headers: {}, body: Buffer.from('{}') } };
      },
    } as never,
  });
  return { client, sent };
}

const SIGNATURE = ['authorization', 'x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'];
const token = fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom(...'aZ09+/=') });

test('a request is signed as the SDK signs it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ accessKeyId: token, secretAccessKey: token }),
      fc.option(token, { nil: undefined }),
      fc.constantFrom('eu-central-1', 'us-gov-west-1', 'cn-north-1'),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      async (keys, sessionToken, region, text) => {
        const credentials = { ...keys, ...(sessionToken !== undefined && { sessionToken }) };
        const { client, sent } = sendingSdk(credentials, region);
        await client.send(new PutItemCommand({ TableName: 't', Item: { ...KEY, text: { S: text } } }));
        const [{ headers, ...request }] = sent as [Request];
        const unsigned = Object.fromEntries(Object.entries(headers).filter(([name]) => !SIGNATURE.includes(name)));
        const signer = new RequestSigner(() => credentials);
        const date = String(headers['x-amz-date']).replace(
          /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
          '$1-$2-$3T$4:$5:$6Z',
        );
        const signing = { signingDate: date, signingRegion: region, signingService: 'dynamodb' };
        const ours = await signer.sign({ ...request, headers: unsigned }, signing);
        expect(ours.headers).toEqual(headers);
        // The key of the day is cached.
        expect((await signer.sign({ ...request, headers: unsigned }, signing)).headers).toEqual(headers);
      },
    ),
    { numRuns: 40, seed: 20261129 },
  );
});

test('a key of another day, region or secret is not the one remembered', async () => {
  let secretAccessKey = 'one';
  const signer = new RequestSigner(() => ({ accessKeyId: 'a', secretAccessKey }));
  const request = { method: 'POST', path: '/', headers: { host: 'x' }, body: '{}' };
  const signed = async (signingDate: string, signingRegion: string) =>
    (await signer.sign(request, { signingDate, signingRegion, signingService: 's' })).headers;
  const all = [
    await signed('2026-01-01T00:00:00Z', 'r'),
    await signed('2026-01-02T00:00:00Z', 'r'),
    await signed('2026-01-02T00:00:00Z', 'q'),
  ];
  secretAccessKey = 'two';
  all.push(await signed('2026-01-02T00:00:00Z', 'q'));
  expect(
    new Set(all.map((headers) => String((headers as Record<string, string>)['authorization']).slice(-64))).size,
  ).toBe(4);
  await expect(signer.sign({ ...request, path: '/other' })).rejects.toThrow('only requests to the path /');
});

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A table with scripted answers, one step for each request; and the connections of the requests. */
async function scripted(...answers: Answer[]) {
  const asked: { target: string; body: unknown }[] = [];
  const connections = new Set<object>();
  const server = createServer(async (request, response) => {
    connections.add(request.socket);
    const body = (await readBody(request, 1 << 20)).toString();
    asked.push({ target: String(request.headers['x-amz-target']), body: JSON.parse(body) });
    (answers[asked.length - 1] ?? answers.at(-1))?.(response, request);
  });
  const endpoint = `http://${LOOPBACK}:${await listen(server, 0)}`;
  return { endpoint, asked, connections, close: () => closeServer(server, 100) };
}

const json =
  (status: number, body: object): Answer =>
  (response) => {
    const text = JSON.stringify(body);
    response
      .writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'content-length': text.length })
      .end(text);
  };
const item = json(200, { Item: { pk: { S: 'a' }, body: { B: 'AAEC/w==' } } });
const dropped: Answer = (_, request) => request.socket.destroy();

/** The result of a request to a scripted table by the client under test, and what the table received. */
async function asked(answers: Answer[], ask: (client: DynamoDBClient) => Promise<unknown>) {
  const table = await scripted(...answers);
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL_DYNAMODB } = process.env;
  Object.assign(process.env, {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
  });
  const client = leanClient(DynamoDBClient);
  try {
    const outcome = await ask(client).catch((error: unknown) => error);
    return { outcome, requests: table.asked, connections: table.connections.size };
  } finally {
    client.destroy();
    const before = { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL_DYNAMODB };
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await table.close();
  }
}

test('requests go over one connection, and their answers are read with bytes as bytes', async () => {
  const { outcome, requests, connections } = await asked([item], async (client) => {
    await client.send(GET);
    return client.send(GET);
  });
  expect(outcome).toMatchObject({ Item: { pk: { S: 'a' }, body: { B: Buffer.from([0, 1, 2, 255]) } } });
  expect(requests).toHaveLength(2);
  expect(requests[0]).toEqual({ target: 'DynamoDB_20120810.GetItem', body: { TableName: 't', Key: KEY } });
  expect(connections).toBe(1);
});

test('a dropped connection and a fault of the service are tried again', async () => {
  const fault = json(500, { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message: 'x' });
  const { outcome, requests } = await asked([dropped, fault, item], (client) => client.send(GET));
  expect(outcome).toMatchObject({ Item: { pk: { S: 'a' } } });
  expect(requests).toHaveLength(3);
});

test('what goes on failing is an error that passes by itself', async () => {
  const { outcome, requests } = await asked([dropped], (client) => client.send(GET));
  // Errors of Node's own are no `Error` of a test's realm, so here the SDK wraps them.
  expect(String(outcome)).toContain('TimeoutError: socket hang up');
  expect(requests).toHaveLength(4);
});

test('a condition that did not hold is reported at once, by its own error', async () => {
  const failed = json(400, {
    __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
    message: 'The conditional request failed',
  });
  const { outcome, requests } = await asked([failed], (client) =>
    client.send(new PutItemCommand({ TableName: 't', Item: KEY })),
  );
  expect(outcome).toBeInstanceOf(ConditionalCheckFailedException);
  expect(outcome).toMatchObject({ $metadata: { httpStatusCode: 400, attempts: 1 } });
  expect(isTransient(outcome)).toBe(false);
  expect(requests).toHaveLength(1);
});

test('an answer that is cut off is tried again', async () => {
  const cut: Answer = (response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{"Item"');
    setImmediate(() => response.destroy());
  };
  const { outcome, requests } = await asked([cut, item], (client) => client.send(GET));
  expect(outcome).toMatchObject({ Item: { pk: { S: 'a' } } });
  expect(requests).toHaveLength(2);
});

test('silence ends by a time-out, and a caller may give up', async () => {
  const table = await scripted(() => {});
  const handler = new JsonRequests();
  const url = new URL(table.endpoint);
  const request = {
    protocol: 'http:',
    hostname: url.hostname,
    port: Number(url.port),
    method: 'POST',
    path: '/',
    headers: {},
    body: '{}',
  };
  await expect(handler.handle(request, { requestTimeout: 20 })).rejects.toMatchObject({ name: 'TimeoutError' });
  const impatient = new JsonRequests(20);
  await expect(impatient.handle(request)).rejects.toMatchObject({ name: 'TimeoutError' });
  impatient.destroy();
  const controller = new AbortController();
  const given = handler.handle(request, { abortSignal: controller.signal });
  controller.abort();
  await expect(given).rejects.toMatchObject({ name: 'AbortError' });
  handler.destroy();
  await table.close();
});
