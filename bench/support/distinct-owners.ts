/**
 * Owners who share no row: each row of the generated lives goes to one of them. The service caches how it read a text; so owners
 * in turn must not repeat one another's texts more often than real ones do.
 */
import type { ImportMessage } from '../../evaluation/lives/life.ts';
import { DAYS_READ, type Dated, LAST_DAY, livesOf, messageOf, rowsOfLife } from './owners.ts';

const MOST_SEEDS = 12;

/** Import messages of that many owners of that many rows each, within the days that a derivation reads. */
export function distinctOwners(owners: number, rows: number): ImportMessage[] {
  const open = new Map<string, Dated[]>();
  const messages: ImportMessage[] = [];
  const first = LAST_DAY - DAYS_READ + 1;
  for (let seed = 1; seed <= MOST_SEEDS; seed++) {
    for (const life of livesOf(seed)) {
      const gathered = open.get(life.country) ?? [];
      open.set(life.country, gathered);
      gathered.push(...rowsOfLife(life).filter(({ day }) => day >= first && day <= LAST_DAY));
      while (gathered.length >= rows) {
        // The latest of a short list: an owner with few rows has them in few months.
        const own = gathered.splice(-rows).sort((a, b) => a.day - b.day);
        messages.push(messageOf(own, { country: life.country, ownerExternalId: `owner-${messages.length}` }));
        if (messages.length === owners) return messages;
      }
    }
  }
  throw new Error(`the lives have no rows for ${owners} owners of ${rows}`);
}
