/** What stands in for the event bus: takes PutEvents (AWS JSON 1.1) and writes each event as a line of a file, for whoever wants to look. */
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { closeServer, LOOPBACK, listen, readBody } from '../http.ts';

/** EventBridge API reference, "PutEvents": ten entries of 256 KB together; escapes make them longer. */
const MOST_BYTES = 1_048_576;

export async function startEvents({ file, port }: { readonly file: string; readonly port: number }) {
  const server = createServer(async (request, response) => {
    response.setHeader('x-amzn-RequestId', randomUUID());
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    try {
      const target = String(request.headers['x-amz-target'] ?? '');
      if (target !== 'AWSEvents.PutEvents') throw new Error(`The local event bus does not know ${target}.`);
      const { Entries } = JSON.parse((await readBody(request, MOST_BYTES)).toString()) as { Entries: object[] };
      for (const entry of Entries) appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
      response.end(JSON.stringify({ FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: randomUUID() })) }));
    } catch (error) {
      response.statusCode = 400;
      response.end(JSON.stringify({ __type: 'ValidationException', message: (error as Error).message }));
    }
  });
  const endpoint = `http://${LOOPBACK}:${await listen(server, port, true)}`;
  return { endpoint, close: () => closeServer(server, 300) };
}
