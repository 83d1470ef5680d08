/** The result of a restore, for people: counts, and what the tables cannot know and an operator must find out. */
import { safe, table } from '../terminal.ts';
import type { Counts, Restored } from './run.ts';

const ROWS: Readonly<Record<keyof Counts, string>> = {
  owners: 'owners checked',
  ownersPutBack: 'owners put back',
  pages: 'pages put back or completed',
  parts: 'parts of pages put back',
  pagesGivenUp: 'pages removed, their parts are gone',
  ownersErasedSince: 'owners erased since, left out',
  erasuresPutBack: 'erasures put back',
  ownersNameless: 'owners without an id, left out',
  clients: 'clients put back',
  keys: 'keys put back',
  catalogueDocuments: 'catalogue documents put back',
  failed: 'failed',
};

export function countsTable(counts: Counts, dryRun: boolean): string {
  const rows = Object.entries(ROWS).map(([name, title]) => [title, String(counts[name as keyof Counts])]);
  return table([dryRun ? 'would be' : 'restored', ''], rows);
}

/** Sentences, each about something to find out or to do. */
export function warnings({ answersLost, clientsPutBack, keysPutBack, failures, counts }: Restored): string[] {
  const clients = Object.entries(answersLost).map(([clientId, owners]) => `${safe(clientId)} ${owners}`);
  const keys = keysPutBack.map(({ clientId, keyId }) => `${safe(keyId)} of ${safe(clientId)}`);
  return [
    ...(clients.length > 0
      ? [
          `owners whose answer was lost, by client: ${clients.join(', ')}. Whether they were erased since the restore point, the table ` +
            'does not know any more: ask the clients, and repeat those erasures',
        ]
      : []),
    ...(clientsPutBack.length > 0
      ? [`clients as they were at the restore point: ${clientsPutBack.map(safe).join(', ')}. Were they changed since?`]
      : []),
    ...(keys.length > 0 ? [`keys that work again: ${keys.join(', ')}. Revoke those that were revoked since`] : []),
    ...(counts.pagesGivenUp > 0 || counts.ownersNameless > 0
      ? ['what was removed or left out comes back when its imports are sent again']
      : []),
    ...failures.map(({ partition, reason }) => `failed: ${safe(partition)}: ${safe(reason)}`),
  ];
}
