/** What is odd about a body that is uploaded: what it is instead of an import, and names that are nearly known. */
import { foreignValue } from '../../contracts/import/foreign-body.ts';
import { nearNames, plainNames, ROWS_LOOKED_AT } from '../../contracts/import/near-names.ts';
import type { Fault } from '../../domain/values/fault.ts';
import { logger } from '../../runtime/logging.ts';
import { count } from '../../runtime/metrics.ts';
import { METRICS } from '../../runtime/names.ts';

/** What a body is that is no import at all goes before what it lacks. */
export function named(faults: readonly Fault[], body: unknown): readonly Fault[] {
  const foreign = foreignValue(body);
  return foreign === undefined ? faults : [{ path: '', message: `must be an import, and ${foreign}` }, ...faults];
}

/** Counts and logs the names of fields that are ignored, though they are nearly those of known ones. */
export function recordNames(body: unknown, clientId: string): void {
  const misspelt = plainNames(nearNames(body, ROWS_LOOKED_AT));
  if (misspelt.length === 0) return;
  count(METRICS.namesMisspelt, misspelt.length);
  logger.info('names', { clientId, misspelt: misspelt.join(', ') });
}
