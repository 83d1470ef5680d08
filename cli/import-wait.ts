/** Waits until the service has reported the outcome of imports, and prints it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { call } from './api.ts';
import type { ApiConnection } from './connection.ts';
import type { Message } from './import-messages.ts';
import type { Progress } from './queue.ts';
import { safe, table } from './terminal.ts';

export type Became = {
  readonly importId: string;
  readonly ownerExternalId: string;
  readonly status: 'joined' | 'refused' | 'unknown';
  readonly reason: string | null;
  readonly detail: string | null;
};

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 4000;
const MOST_ROWS = 60;

/** @param seconds after which those without an answer are `unknown` */
export async function waitForImports(
  connection: ApiConnection,
  messages: readonly Message[],
  seconds: number,
  clock: () => number,
  progress: Progress,
): Promise<Became[]> {
  const became = new Map<Message, Became>();
  const end = clock() + seconds * 1000;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    for (const message of messages) {
      if (became.has(message)) continue;
      const answer = await ask(connection, message);
      if (answer.status === 'unknown') continue;
      became.set(message, answer);
      progress(1);
    }
    const left = end - clock();
    if (became.size === messages.length || left <= 0) break;
    await sleep(Math.min(pause, left));
  }
  return messages.map((message) => became.get(message) ?? unknown(message));
}

async function ask(connection: ApiConnection, message: Message): Promise<Became> {
  const { importId, ownerExternalId } = message;
  const path = `imports/${encodeURIComponent(importId)}`;
  const answer = (await call(connection, { method: 'GET', path, query: { ownerExternalId } })) as Became;
  const { status, reason, detail } = answer;
  return { importId, ownerExternalId, status, reason, detail };
}

function unknown({ importId, ownerExternalId }: Message): Became {
  return { importId, ownerExternalId, status: 'unknown', reason: null, detail: null };
}

export function becameTable(imports: readonly Became[]): string {
  const rows = imports.map(({ importId, ownerExternalId, status, reason, detail }) =>
    [importId, ownerExternalId, status, [reason, detail].filter(Boolean).join(': ')].map(safe),
  );
  const shown = table(['import', 'owner', 'status', 'reason'], rows.slice(0, MOST_ROWS));
  return rows.length > MOST_ROWS ? `${shown}\nand ${rows.length - MOST_ROWS} more imports` : shown;
}
