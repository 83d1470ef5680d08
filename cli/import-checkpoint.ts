/**
 * What an interrupted command has sent already, in a file beside its input: the same command then sends only the rest.
 * The file holds digests and none of the data, and is deleted once everything was sent.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Message } from './import-messages.ts';

const FILE = '.owner-profiles-import';
/** After this time an owner may have been erased, and the user means the command as it says. */
const KEPT_MS = 86_400_000;

export type Checkpoint = {
  readonly path: string | undefined;
  /** What was not sent yet. */
  readonly left: readonly Message[];
  readonly sentBefore: number;
  readonly keep: (sent: readonly Message[]) => void;
  readonly remove: () => void;
};

/**
 * @param names of the files and folders of the command; the checkpoint is beside the first, and none is kept of
 * standard input
 * @param destination where it is sent: the same files may go to another service
 * @param now milliseconds since 1970, the time at which the messages were read
 * @param warn reports, once, that no checkpoint can be written there
 */
export function openCheckpoint(
  names: readonly string[],
  messages: readonly Message[],
  destination: string,
  now: number,
  warn: (text: string) => void,
): Checkpoint {
  const path = placeOf(names);
  const digests = digestsOf(messages, destination, now);
  const known = new Set(path === undefined ? [] : sentSince(path, now - KEPT_MS));
  const at = new Date(now).toISOString();
  let canKeep = true;
  const left = messages.filter((message) => !known.has(digests.get(message)!));
  return {
    path,
    left,
    sentBefore: messages.length - left.length,
    keep: (sent) => {
      if (path === undefined || sent.length === 0) return;
      const lines = sent.map((message) => `${at} ${digests.get(message)}\n`).join('');
      try {
        appendFileSync(path, lines, { mode: 0o600 });
      } catch {
        if (canKeep) warn(`${path} cannot be written: should this break off, the same command sends everything again`);
        canKeep = false;
      }
    },
    remove: () => {
      if (path !== undefined && canKeep) rmSync(path, { force: true });
    },
  };
}

function placeOf(names: readonly string[]): string | undefined {
  const [first] = names;
  if (first === undefined || names.includes('-')) return undefined;
  const isFolder = statSync(first, { throwIfNoEntry: false })?.isDirectory() === true;
  return join(isFolder ? first : dirname(first.replace(/[*?[{].*$/, 'x')), FILE);
}

/** Digests on lines of a command that started after `since`, by its own clock, not that of the file system. */
function sentSince(path: string, since: number): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [at = '', ...digest] = line.split(' ');
    return Date.parse(at) > since ? [digest.join(' ')] : [];
  });
}

/** By content, without generated fields; equal messages are numbered: the first, the second, … */
function digestsOf(messages: readonly Message[], destination: string, now: number): ReadonlyMap<Message, string> {
  const filledIn = new Date(now).toISOString();
  const times = new Map<string, number>();
  return new Map(
    messages.map((message) => {
      const { importId: _, importedAt, ...content } = message;
      const digest = createHash('sha256')
        .update(JSON.stringify([destination, importedAt === filledIn ? null : importedAt, content]))
        .digest('hex');
      const time = (times.get(digest) ?? 0) + 1;
      times.set(digest, time);
      return [message, `${digest} ${time}`];
    }),
  );
}
