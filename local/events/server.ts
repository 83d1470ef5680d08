/**
 * Replaces the event bus: accepts PutEvents (AWS JSON 1.1) and keeps nothing, because nothing listens on one machine, and an erasure
 * would not reach what it kept.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { closeServer, LOOPBACK, listen, readBody } from '../http.ts';
import type { Access } from '../iam/access.ts';
import { eventRequests } from '../iam/requests.ts';

/** EventBridge API reference, "PutEvents": ten entries of 256 KB together; escapes make them longer. */
const MOST_BYTES = 1_048_576;
const MOST_ENTRIES = 10;

export async function startEvents({ port, access }: { readonly port: number; readonly access?: Access }) {
  const server = createServer(async (request, response) => {
    response.setHeader('x-amzn-RequestId', randomUUID());
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    try {
      const target = String(request.headers['x-amz-target'] ?? '');
      if (target !== 'AWSEvents.PutEvents') throw new Error(`The local event bus does not know ${target}.`);
      const { Entries = [] } = JSON.parse((await readBody(request, MOST_BYTES)).toString()) as { Entries?: object[] };
      if (Entries.length === 0 || Entries.length > MOST_ENTRIES) throw new Error('There must be 1 to 10 entries.');
      const refusal = access?.refusal(request, eventRequests(access.place, Entries));
      if (refusal !== undefined) {
        response.statusCode = 400;
        return response.end(JSON.stringify({ __type: 'AccessDeniedException', message: refusal }));
      }
      response.end(JSON.stringify({ FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: randomUUID() })) }));
    } catch (error) {
      response.statusCode = 400;
      response.end(JSON.stringify({ __type: 'ValidationException', message: (error as Error).message }));
    }
  });
  const endpoint = `http://${LOOPBACK}:${await listen(server, port, { otherwiseAny: true })}`;
  return { endpoint, close: () => closeServer(server, 300) };
}
