/**
 * Runs in front of a local table, queue, bus or bucket and counts: requests by operation, bytes both ways, and for the table the read and
 * write units that it reports for each request. Requests pass unchanged, except for asking for those units, and for time.
 */
import { Agent, createServer, request as send } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeServer, LOOPBACK, listen, readBody } from '../../local/http.ts';

export type Counts = {
  /** Requests by operation; by method where a service names none, as S3. */
  readonly requests: Readonly<Record<string, number>>;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
};

export type CountingProxy = {
  readonly endpoint: string;
  /** The counts since the last call. */
  take(): Counts;
  /** Answers no request before this many milliseconds have passed, like a more distant table. */
  answerAfter(milliseconds: number): void;
  close(): Promise<void>;
};

const READS = new Set(['GetItem', 'Query', 'BatchGetItem', 'Scan']);
const COUNTS_UNITS = new Set([...READS, 'PutItem', 'DeleteItem', 'UpdateItem']);
const MOST_BYTES = 32 << 20;

export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const to = new URL(target);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let counts = nothing();
  let atEarliest = 0;
  const server = createServer(async (incoming, outgoing) => {
    const due = sleep(atEarliest);
    const operation =
      String(incoming.headers['x-amz-target'] ?? incoming.method)
        .split('.')
        .at(-1) ?? '';
    const asked = await readBody(incoming, MOST_BYTES);
    const isTable = COUNTS_UNITS.has(operation);
    const body = isTable ? askingForUnits(asked) : asked;
    const forwarded = send(
      {
        host: to.hostname,
        port: to.port,
        path: incoming.url,
        method: incoming.method,
        agent,
        headers: { ...incoming.headers, host: to.host, 'content-length': body.length },
      },
      async (answer) => {
        const answered = await readBody(answer, MOST_BYTES);
        counts.requests[operation] = (counts.requests[operation] ?? 0) + 1;
        counts.bytesSent += asked.length;
        counts.bytesReceived += answered.length;
        if (isTable) {
          const units = unitsIn(answered, asked, operation, answer.statusCode ?? 0);
          counts[READS.has(operation) ? 'readUnits' : 'writeUnits'] += units;
        }
        await due;
        outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'content-length': answered.length });
        outgoing.end(answered);
      },
    );
    forwarded.on('error', () => outgoing.destroy());
    forwarded.end(body);
  });
  return {
    endpoint: `http://${LOOPBACK}:${await listen(server, 0)}`,
    take() {
      const taken = counts;
      counts = nothing();
      return taken;
    },
    answerAfter: (milliseconds) => {
      atEarliest = milliseconds;
    },
    close: () => {
      agent.destroy();
      return closeServer(server, 100);
    },
  };
}

function nothing() {
  return { requests: {} as Record<string, number>, readUnits: 0, writeUnits: 0, bytesSent: 0, bytesReceived: 0 };
}

function askingForUnits(body: Buffer): Buffer {
  return Buffer.from(JSON.stringify({ ...JSON.parse(body.toString()), ReturnConsumedCapacity: 'TOTAL' }));
}

type Consumed = { readonly CapacityUnits?: number };

/**
 * A write whose condition failed is billed for the item that it would have written (DynamoDB developer guide, "Condition
 * expressions"). A query that finds nothing costs the smallest unit, which the local table leaves out.
 */
function unitsIn(answered: Buffer, asked: Buffer, operation: string, status: number): number {
  const input = JSON.parse(asked.toString()) as { Item?: object; ConsistentRead?: boolean };
  if (status !== 200) return Math.max(1, Math.ceil(Buffer.byteLength(JSON.stringify(input.Item ?? {})) / 1024));
  const { ConsumedCapacity } = JSON.parse(answered.toString()) as { ConsumedCapacity?: Consumed | Consumed[] };
  const units = [ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
  return operation === 'Query' ? Math.max(units, input.ConsistentRead ? 1 : 0.5) : units;
}

export function requestsOf({ requests }: Counts): number {
  return Object.values(requests).reduce((sum, count) => sum + count, 0);
}
