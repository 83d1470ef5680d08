/** Sends imports through the API, for a client that has a key but no access to the queue. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { call } from './api.ts';
import type { ApiConnection } from './connection.ts';
import { CliError, EXIT, messageOf } from './errors.ts';
import type { Message } from './import-messages.ts';
import type { Failure, Progress, Sent } from './queue.ts';

/** A smaller body is not worth compressing. */
const PACKED_FROM_BYTES = 8192;

/** @throws {CliError} when the key is refused: every further message would fail too */
export async function uploadAll(
  connection: ApiConnection,
  messages: readonly Message[],
  progress: Progress,
  sent: Sent = () => {},
): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const message of messages) {
    try {
      await upload(connection, message);
      sent([message]);
    } catch (error) {
      if (error instanceof CliError && error.exitCode === EXIT.refused) throw error;
      failures.push({ message, reason: messageOf(error) });
    }
    progress(1);
  }
  return failures;
}

/** The key names the client and the route the source, so neither is sent (contract, section 1). */
async function upload(connection: ApiConnection, message: Message): Promise<void> {
  if (!message.accounts)
    throw new CliError('points to an object (accountsAt), which only the queue takes; use --via queue');
  const { importId, importedAt, ownerExternalId, accounts } = message;
  const json = Buffer.from(JSON.stringify({ importId, importedAt, ownerExternalId, accounts }));
  const packed = json.length >= PACKED_FROM_BYTES;
  await call(connection, {
    method: 'POST',
    path: 'owner',
    body: packed ? await promisify(gzip)(json) : json,
    headers: { 'content-type': 'application/json', ...(packed && { 'content-encoding': 'gzip' }) },
  });
}
