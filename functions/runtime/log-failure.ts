import { logger } from './logging.ts';
import { isTransient } from './transient-errors.ts';

/** Logs work that is tried again: as a warning where the failure may resolve itself, else as an error. */
export function logFailure(message: string, line: Readonly<Record<string, unknown>>, error: unknown): void {
  const entry = { ...line, error: error as Error };
  if (isTransient(error)) logger.warn(message, entry);
  else logger.error(message, entry);
}
