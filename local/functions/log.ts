/** The output of functions: one file per function, like a log group; on the terminal only if requested. */
import type { WriteStream } from 'node:fs';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { prettyLine } from './pretty.ts';

export type Logs = {
  /** Appends all output of the streams to the function's file. */
  follow(title: string, ...streams: (Readable | null)[]): void;
  say(title: string, line: string): void;
  close(): void;
};

/** How lines go to the terminal too: as they are, or for people. */
export type Echo = 'raw' | 'pretty' | undefined;

export function openLogs(directory: string, echo: Echo): Logs {
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
  return {
    follow(title, ...streams) {
      for (const stream of streams) {
        const show = SHOWING[echo ?? 'not'](title);
        stream?.setEncoding('utf8');
        stream?.on('data', (text: string) => {
          fileOf(title).write(text);
          show(text);
        });
      }
    },
    say(title, line) {
      fileOf(title).write(`${line}\n`);
      SHOWING[echo ?? 'not'](title)(`${line}\n`);
    },
    close() {
      for (const file of files.values()) file.end();
    },
  };
}

/** What prints the pieces of one stream. A piece may end within a line; for people, its beginning waits for the rest. */
const SHOWING: Readonly<Record<'raw' | 'pretty' | 'not', (title: string) => (text: string) => void>> = {
  not: () => () => {},
  raw: (title) => (text) => void process.stderr.write(text.replace(/^(?=.)/gm, `[${title}] `)),
  pretty(title) {
    let unfinished = '';
    return (text) => {
      const lines = (unfinished + text).split('\n');
      unfinished = lines.pop() ?? '';
      for (const line of lines) {
        const shown = line === '' ? undefined : prettyLine(title, line);
        if (shown !== undefined) process.stderr.write(`${shown}\n`);
      }
    };
  },
};
