/** The output of functions: one file per function, like a log group; on the terminal only if requested. */
import type { WriteStream } from 'node:fs';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export type Logs = {
  /** Appends all output of the streams to the function's file. */
  follow(title: string, ...streams: (Readable | null)[]): void;
  say(title: string, line: string): void;
  close(): void;
};

export function openLogs(directory: string, echo: boolean): Logs {
  mkdirSync(directory, { recursive: true });
  const files = new Map<string, WriteStream>();
  const fileOf = (title: string): WriteStream => {
    const name = title.replace(/[^\w.-]/g, '_');
    const open = files.get(name);
    if (open) return open;
    const file = createWriteStream(join(directory, `${name}.log`), { flags: 'a' });
    // A full disk must not end the service because of its logs.
    file.on('error', () => files.delete(name));
    files.set(name, file);
    return file;
  };
  const write = (title: string, text: string) => {
    fileOf(title).write(text);
    if (echo) process.stderr.write(text.replace(/^(?=.)/gm, `[${title}] `));
  };
  return {
    follow(title, ...streams) {
      for (const stream of streams) {
        stream?.setEncoding('utf8');
        stream?.on('data', (text: string) => write(title, text));
      }
    },
    say: (title, line) => write(title, `${line}\n`),
    close() {
      for (const file of files.values()) file.end();
    },
  };
}
