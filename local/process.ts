/**
 * Servers in processes of their own. The queue flushes the disk at every commit and the table is busy JavaScript: neither may
 * block the gateway's event loop, and there is a second core. A child never outlives its parent: the channel between them breaks
 * when the parent ends, also by SIGKILL, and that ends the child.
 */
import { fork } from 'node:child_process';

export type Running = {
  readonly endpoint: string;
  readonly pid: number;
  /** Resolves when the process has ended for whatever reason. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
  kill(): void;
};

type Report = { readonly endpoint: string } | { readonly failed: string };

export function startProcess(
  script: URL,
  options: object,
  name: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const child = fork(script, [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
    env: { ...process.env, ...environment, LOCAL_SERVER_OPTIONS: JSON.stringify(options) },
  });
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => resolve(`${name} ended with ${signal ?? `code ${code}`}`)),
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    void ended.then((how) => reject(new Error(how)));
    child.once('message', (report: Report) => {
      if ('failed' in report) return reject(new Error(`${name} cannot start: ${report.failed}`));
      return resolve({
        endpoint: report.endpoint,
        pid: child.pid!,
        ended,
        kill: () => void child.kill('SIGKILL'),
        close: async () => {
          if (child.connected) child.disconnect();
          await ended;
        },
      });
    });
  });
}

/** The child's side: starts, reports, and stops when the parent says so or is gone. */
export async function serveParent<Options>(
  start: (options: Options) => Promise<{ endpoint: string; close(): Promise<void> }>,
): Promise<void> {
  // Ctrl-C reaches the whole process group; the parent decides when the servers stop.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  let stop = async () => {};
  process.on('disconnect', () => {
    setTimeout(() => process.exit(0), 1500).unref();
    void stop().finally(() => process.exit(0));
  });
  try {
    const server = await start(JSON.parse(process.env['LOCAL_SERVER_OPTIONS'] ?? '{}') as Options);
    stop = server.close;
    process.send?.({ endpoint: server.endpoint } satisfies Report);
  } catch (error) {
    process.send?.({ failed: error instanceof Error ? error.message : String(error) } satisfies Report, () =>
      process.exit(1),
    );
  }
}
