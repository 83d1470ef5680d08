/**
 * What a command that broke off has sent already, in a file beside what it reads: the same command sends only the rest.
 * It holds digests and nothing of the data, and is gone once everything was sent.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Message } from './import-messages.ts';

const FILE = '.owner-profiles-import';
/** Who comes back later may have erased an owner meanwhile, and means what the command says. */
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
 * @param destination what it is sent to: the same files may go to another service
 * @param now milliseconds since 1970, as the messages were read at
 * @param warn says, once, that nothing can be kept there
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

/** Digests on lines that a command which began after `since` wrote; its own clock counts, not that of the file system. */
function sentSince(path: string, since: number): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [at = '', ...digest] = line.split(' ');
    return Date.parse(at) > since ? [digest.join(' ')] : [];
  });
}

/** By content, without what each run makes up; of equal messages the first, the second, … */
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
