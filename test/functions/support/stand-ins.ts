/** The two calls of S3 and the one of SQS that we make, served in this process in the services' own protocols. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';

export async function openStandIns() {
  const objects = new Map<string, Buffer>();
  const messages: { MessageBody: string; MessageGroupId?: string; QueueUrl: string }[] = [];
  /** Answers every call with this status while it is set. */
  const failing: { status?: number } = {};
  const server = createServer(async (request, response) => {
    const body = await read(request);
    if (failing.status !== undefined) return response.writeHead(failing.status).end();
    if (request.headers['x-amz-target'] === 'AmazonSQS.SendMessage') {
      const message = JSON.parse(body.toString());
      messages.push(message);
      const MD5OfMessageBody = createHash('md5').update(message.MessageBody).digest('hex');
      response.setHeader('Content-Type', 'application/x-amz-json-1.0');
      return response.end(JSON.stringify({ MessageId: String(messages.length), MD5OfMessageBody }));
    }
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://s3').pathname);
    if (request.method === 'PUT') {
      objects.set(path, body);
      return response.end();
    }
    const object = objects.get(path);
    if (object) return response.setHeader('Content-Length', object.length).end(object);
    return response
      .writeHead(404)
      .end('<Error><Code>NoSuchKey</Code><Message>The key does not exist.</Message></Error>');
  });
  // A test that computes for seconds must not find its connection closed.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const common = { endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 };
  const s3 = new S3Client({ ...common, requestChecksumCalculation: 'WHEN_REQUIRED' });
  const sqs = new SQSClient(common);
  const close = async () => {
    s3.destroy();
    sqs.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { s3, sqs, objects, messages, failing, queueUrl: `${endpoint}/000000000000/imports`, close };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
