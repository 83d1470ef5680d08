/**
 * The functions' other AWS services besides the table: one queue that accepts everything, buckets, one secret, and a state machine whose
 * executions start and get no further. In this process, in AWS's own protocols.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SentMessage = {
  readonly MessageBody: string;
  readonly QueueUrl: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
};

export async function openAws(secret: string) {
  const objects = new Map<string, Buffer>();
  /** Inputs of the executions that were started. */
  const started: string[] = [];
  /** All messages since it was emptied. */
  const sent: SentMessage[] = [];
  const server = createServer(async (request, response) => {
    const body = await read(request);
    const target = request.headers['x-amz-target'];
    if (target === 'AmazonSQS.SendMessage') {
      const message: SentMessage = JSON.parse(body.toString());
      sent.push(message);
      const MD5OfMessageBody = createHash('md5').update(message.MessageBody).digest('hex');
      response.setHeader('Content-Type', 'application/x-amz-json-1.0');
      return response.end(JSON.stringify({ MessageId: String(sent.length), MD5OfMessageBody }));
    }
    // Of queues of failures, which are empty.
    if (target === 'AmazonSQS.GetQueueAttributes' || target === 'AmazonSQS.ReceiveMessage') {
      response.setHeader('Content-Type', 'application/x-amz-json-1.0');
      return response.end('{}');
    }
    if (target === 'secretsmanager.GetSecretValue') {
      response.setHeader('Content-Type', 'application/x-amz-json-1.1');
      return response.end(JSON.stringify({ Name: 'hash-key', SecretString: secret }));
    }
    if (target === 'AWSStepFunctions.StartExecution') {
      const { name, input } = JSON.parse(body.toString());
      started.push(input);
      response.setHeader('Content-Type', 'application/x-amz-json-1.0');
      return response.end(JSON.stringify({ executionArn: `${MACHINE}:${name}`, startDate: Date.now() / 1000 }));
    }
    if (target === 'AWSStepFunctions.DescribeExecution') {
      const { executionArn } = JSON.parse(body.toString());
      response.setHeader('Content-Type', 'application/x-amz-json-1.0');
      return response.end(JSON.stringify({ executionArn, status: 'RUNNING', startDate: Date.now() / 1000 }));
    }
    if (target === 'AWSStepFunctions.StopExecution') {
      response.setHeader('Content-Type', 'application/x-amz-json-1.0');
      return response.end(JSON.stringify({ stopDate: Date.now() / 1000 }));
    }
    const url = new URL(request.url ?? '/', 'http://aws');
    if (url.searchParams.get('list-type') === '2') return response.end(listed(objects, url));
    const path = decodeURIComponent(url.pathname);
    if (request.method === 'PUT') {
      objects.set(path, body);
      return response.end();
    }
    const object = objects.get(path);
    if (object) return response.end(object);
    return response.writeHead(404).end('<Error><Code>NoSuchKey</Code><Message>No such key.</Message></Error>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { endpoint, objects, sent, started, close };
}

/** The ARN that executions are of. */
export const MACHINE = 'arn:aws:states:eu-central-1:000000000000:stateMachine:runs';

function listed(objects: ReadonlyMap<string, Buffer>, { pathname, searchParams }: URL): string {
  const prefix = `${decodeURIComponent(pathname).replace(/\/$/, '')}/${searchParams.get('prefix') ?? ''}`;
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix));
  return `<ListBucketResult><KeyCount>${keys.length}</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>`;
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
