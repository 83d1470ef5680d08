/**
 * The process of the table server: dynalite on LevelDB. LevelDB allows one process; after a kill the previous one may take a moment to
 * end, so opening is retried for a while.
 */
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import type dynalite from 'dynalite';
import { closeServer, LOOPBACK, listen } from '../http.ts';
import { type AccessOptions, openAccess } from '../iam/access.ts';
import { type TableKeys, tableRequests } from '../iam/table-requests.ts';
import { serveParent } from '../process.ts';
import { guardTable } from './guard.ts';

export type DynamoDbOptions = {
  readonly directory: string;
  readonly port: number;
  readonly tables: readonly TableKeys[];
  readonly access?: AccessOptions;
};

const PATIENCE_MS = 8000;

type LevelStore = {
  open(): Promise<void>;
  close(): Promise<void>;
  compactRange(from: string, to: string): Promise<void>;
  readonly status: string;
  get(key: string, options?: object): Promise<unknown>;
  getSync(key: string, options?: object): unknown;
};
type Opening = new (directory: string, options?: object) => LevelStore;
const require = createRequire(import.meta.url);
// dynalite's own LevelDB, wherever it was installed.
const levels = createRequire(require.resolve('dynalite'))('level') as { Level: Opening };
const { Level } = levels;

/** Reading a value takes less time than handing the work to another thread, which took a quarter of the server's. */
levels.Level = class extends Level {
  override async get(key: string, options?: object): Promise<unknown> {
    return this.status === 'open' ? this.getSync(key, options) : super.get(key, options);
  }
};
// It takes the class when it is loaded.
const makeServer = require('dynalite') as typeof dynalite;

await serveParent<DynamoDbOptions>(async ({ directory, port, access, tables }) => {
  await waitUntilFree(directory);
  const server = makeServer({ path: directory, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  if (access) {
    guardTable(server, openAccess(access), (action, input) => tableRequests(access.place, tables, action, input));
  }
  const bound = await listen(server, await freePort(port));
  const close = async () => {
    await closeServer(server, 300);
    await compact(directory);
  };
  return { endpoint: `http://${LOOPBACK}:${bound}`, close };
});

/** LevelDB keeps deleted data until it rewrites its files. An interrupted compaction continues at the next stop. */
async function compact(directory: string): Promise<void> {
  const level = new Level(directory);
  await level.open();
  await level.compactRange('', '\u{10ffff}');
  await level.close();
}

async function waitUntilFree(directory: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const level = new Level(directory);
    try {
      await level.open();
      await level.close();
      return;
    } catch (error) {
      const cause = (error as { cause?: { code?: string } }).cause;
      if (cause?.code !== 'LEVEL_LOCKED' || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** dynalite replaces `listen`; a failed one must not leave it half open, so the port is tried first. */
async function freePort(wanted: number): Promise<number> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(0));
    probe.listen(wanted, LOOPBACK, () => probe.close(() => resolve(wanted)));
  });
}
