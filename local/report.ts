/** Who got which profiles, as a table for a person who starts the service for the first time. */
import Table from 'cli-table3';
import type { Answered } from './samples.ts';
import { profilesUrl } from './samples.ts';

export function profilesTable(answers: readonly Answered[]): string {
  const table = new Table({
    head: ['owner', 'life', 'profiles'],
    colWidths: [14, 48, 44],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const { ownerExternalId, life, profiles, problem } of answers)
    table.push([ownerExternalId, life, problem ?? (profiles?.join(', ') || 'none')]);
  return table.toString();
}

/** A line that works when it is pasted. */
export const curlLine = (apiUrl: string, apiKey: string, ownerExternalId: string): string =>
  `curl -H 'X-Api-Key: ${apiKey}' '${profilesUrl(apiUrl, ownerExternalId)}'`;
