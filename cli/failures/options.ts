/** Options of `failures`, and which failures they select. */
import { InvalidArgumentError } from 'commander';
import { hasId } from '../../functions/use-cases/failures/retry.ts';
import { usage } from '../errors.ts';
import type { CommonOptions } from '../options.ts';
import { FAILURE_QUEUES, type FailureQueue, type FailuresOptions } from './connection.ts';
import type { Failure } from './queue.ts';

export type FilterOptions = CommonOptions &
  FailuresOptions & {
    readonly queue?: FailureQueue | 'both';
    readonly reason?: string;
    readonly client?: string;
    readonly owner?: string;
    readonly yes?: boolean;
  };

export function queuesOf({ queue = 'both' }: FilterOptions): readonly FailureQueue[] {
  return queue === 'both' ? FAILURE_QUEUES : [queue];
}

/**
 * The failures that `--reason`, `--client` and `--owner` select.
 *
 * @throws {CliError} when an owner is named without its client
 */
export function matching({ reason, client, owner }: FilterOptions): (failure: Failure) => boolean {
  if (owner !== undefined && client === undefined) {
    throw usage('--owner needs --client', 'clients may have owners of one name');
  }
  return (failure) =>
    (reason === undefined || failure.reason === reason) &&
    (client === undefined || failure.clientId === client) &&
    (owner === undefined || failure.ownerExternalId === owner);
}

/**
 * What a command may change: the ids, or all that match. Messages that arrived after the command started are left alone:
 * a retry that fails again comes back as one of those, and would be retried for ever.
 *
 * @throws {CliError} when nothing, or both, are chosen
 */
export function chosen(
  ids: readonly string[],
  options: FilterOptions & { readonly all?: boolean; readonly erased?: boolean },
  begun: number,
): (failure: Failure) => boolean {
  const { reason, client, owner, erased = false } = options;
  const filtered = erased || [reason, client, owner].some((filter) => filter !== undefined);
  if (ids.length > 0 && (options.all || filtered)) throw usage('give ids or a selection, not both');
  if (ids.length === 0 && !options.all && !filtered) {
    throw usage('nothing is chosen', 'give ids as `failures list` shows them, or --all, --reason, --client or --owner');
  }
  if (ids.length > 0) return (failure) => ids.some((id) => hasId(failure, id));
  const matches = matching(options);
  return (failure) => failure.sentAt < begun && matches(failure);
}

/** `50`, `50/s` or `600/min`, as messages per second. */
export function rate(text: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(?:\/(s|min))?$/.exec(text) ?? [];
  const perSecond = Number(number) / (unit === 'min' ? 60 : 1);
  if (number === undefined || !(perSecond >= 0.01 && perSecond <= 3000)) {
    throw new InvalidArgumentError('write a rate as 50/s or 600/min, up to 3000/s.');
  }
  return perSecond;
}

export function limit(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('write a number from 1 to 999999.');
  return Number(text);
}
