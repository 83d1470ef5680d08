/**
 * Reads the parameters of a request. Unknown ones are ignored, so that the API can grow, unless they are nearly known ones; known ones
 * are never guessed at.
 */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import {
  DEFAULT_HISTORY,
  LONGEST_HISTORY,
  LONGEST_SEALED_CURSOR,
  MOST_TRANSACTIONS_OF_A_PAGE,
  TRANSACTIONS_OF_A_PAGE,
} from '../contracts/http/limits.ts';
import { QUERY_NAMES } from '../contracts/http/query-names.ts';
import { type Route, routeName } from '../contracts/http/routes.ts';
import { LONGEST_OWNER_ID } from '../contracts/import/import-form.ts';
import { HORIZON } from '../domain/profiles/judge.ts';
import type { HistoryRequest, OwnerRequest, TransactionsRequest } from '../domain/profiles/owner-answer.ts';
import { type Day, dayOfInstant, formatDay, parseDay } from '../domain/values/day.ts';
import { nearest } from '../domain/values/nearest.ts';
import type { CalledEvent } from './caller.ts';
import { HttpProblem } from './problems.ts';

const CONTROL = /\p{Cc}/u;
/** So much of a parameter's name is repeated to the caller. */
const LONGEST_NAME = 64;
const SHORTEST_GUESSED = 4;

/** Whose profiles, for which client and which day. */
export function readOwnerRequest(event: CalledEvent, now: number): OwnerRequest {
  const { clientId, settings } = event.caller;
  return { clientId, settings, ownerExternalId: readOwnerExternalId(event), asOf: readAsOf(event, now) };
}

/** `ownerExternalId`: 1 to 256 characters without control characters, given once. The same law as the import's, without zod. */
export function readOwnerExternalId(event: APIGatewayProxyEvent): string {
  const values = valuesOf(event, 'ownerExternalId');
  const value = values[0];
  if (value === undefined) throw invalidOwner('must be given');
  if (values.length > 1) throw invalidOwner('must be given once');
  const fault = ownerExternalIdFault(value);
  if (fault) throw invalidOwner(fault);
  return value;
}

/** What is wrong with an owner id, or undefined. Characters are code points. */
export function ownerExternalIdFault(value: string): string | undefined {
  if (value === '' || (value.length > LONGEST_OWNER_ID && [...value].length > LONGEST_OWNER_ID)) {
    return `must have 1 to ${LONGEST_OWNER_ID} characters`;
  }
  if (CONTROL.test(value)) return 'must not contain control characters';
  if (!value.isWellFormed()) return 'must be well-formed Unicode (it contains a lone surrogate)';
  return undefined;
}

/** `asOf`: a day, today or past; today when it is not given. Today is the day in UTC. */
export function readAsOf(event: APIGatewayProxyEvent, now: number): Day {
  const today = dayOfInstant(now);
  const day = readDay(event, 'asOf') ?? today;
  if (day > today) throw invalidParameter('asOf', `must not be in the future: today is ${formatDay(today)} in UTC`);
  return day;
}

/** A day of the calendar, or undefined when it is not given. */
function readDay(event: APIGatewayProxyEvent, name: string): Day | undefined {
  const text = readOnce(event, name);
  if (text === undefined) return undefined;
  const day = parseDay(text);
  if (day === undefined) throw invalidParameter(name, 'must be a day of the calendar, written YYYY-MM-DD');
  return day;
}

/** `from` and `to`: the last 365 days up to today when they are not given. */
export function readHistoryRequest(event: CalledEvent, now: number): HistoryRequest {
  const { clientId, settings } = event.caller;
  const ownerExternalId = readOwnerExternalId(event);
  const latest = dayOfInstant(now) + HORIZON;
  const to = readDay(event, 'to') ?? dayOfInstant(now);
  const from = readDay(event, 'from') ?? to - DEFAULT_HISTORY + 1;
  if (to > latest)
    throw invalidParameter('to', `must not be later than ${formatDay(latest)}, ${HORIZON} days from now`);
  if (from > to) throw invalidParameter('from', `must not be later than \`to\`, ${formatDay(to)}`);
  if (to - from >= LONGEST_HISTORY) {
    throw invalidParameter('from', `must not be more than ${LONGEST_HISTORY - 1} days before \`to\`, ${formatDay(to)}`);
  }
  return { clientId, settings, ownerExternalId, from, to };
}

/** Which transactions: those of the last 365 days up to today when no range is given. Which labels there are is asked of `readLabel`. */
export function readTransactionsRequest(event: CalledEvent, now: number): Omit<TransactionsRequest, 'filter'> {
  const { clientId, settings } = event.caller;
  const ownerExternalId = readOwnerExternalId(event);
  const to = readDay(event, 'to') ?? dayOfInstant(now);
  const from = readDay(event, 'from');
  if (from !== undefined && from > to)
    throw invalidParameter('from', `must not be later than \`to\`, ${formatDay(to)}`);
  const cursor = readOnce(event, 'cursor');
  if (cursor !== undefined && cursor.length > LONGEST_SEALED_CURSOR) throw invalidCursor();
  const limit = readLimit(event, TRANSACTIONS_OF_A_PAGE, MOST_TRANSACTIONS_OF_A_PAGE);
  return { clientId, settings, ownerExternalId, from, to, cursor, limit };
}

/** `label`, one of the catalogue, or `unlabelled`; undefined: every transaction. */
export function readTransactionFilter(
  event: APIGatewayProxyEvent,
  labels: readonly string[],
): TransactionsRequest['filter'] {
  const [label, unlabelled] = [readOnce(event, 'label'), readOnce(event, 'unlabelled')];
  if (label !== undefined && unlabelled !== undefined) {
    throw invalidParameter('label', 'must not be given together with `unlabelled`');
  }
  if (unlabelled !== undefined && unlabelled !== 'true' && unlabelled !== 'false') {
    throw invalidParameter('unlabelled', 'must be `true` or `false`');
  }
  if (label === undefined) return unlabelled === 'true' ? 'unlabelled' : undefined;
  if (labels.includes(label)) return { label };
  const likely = nearest(label, labels);
  throw invalidParameter(
    'label',
    `must be a label of the catalogue${likely === undefined ? '' : `: did you mean "${likely}"?`}`,
  );
}

export function invalidCursor(): HttpProblem {
  return invalidParameter('cursor', 'must be what the answer before says');
}

type CatalogueEntry = { readonly id: string; readonly enabled: boolean };

/** `profile`: one of the catalogue that holds for the client, or undefined when it is not given. */
export function readProfile(event: APIGatewayProxyEvent, entries: readonly CatalogueEntry[]): string | undefined {
  const asked = readOnce(event, 'profile');
  if (asked === undefined) return undefined;
  const entry = entries.find(({ id }) => id === asked);
  if (entry?.enabled) return asked;
  if (entry) throw invalidParameter('profile', `must be turned on for this client: "${asked}" is sensitive`);
  const ids = entries.filter(({ enabled }) => enabled).map(({ id }) => id);
  const likely = nearest(asked, ids);
  const hint = likely === undefined ? '; GET /v1/profiles lists them' : `: did you mean "${likely}"?`;
  throw invalidParameter('profile', `must be a profile of the catalogue${hint}`);
}

/** `asof` for `asOf` would be answered for another day than the asker thinks. Of short names only the spelling is looked at. */
export function refuseMisspelt(event: APIGatewayProxyEvent, route: Route): void {
  const query = QUERY_NAMES[routeName(route)] ?? [];
  const known = new Map(query.map((name) => [name.toLowerCase(), name]));
  for (const name of Object.keys(event.multiValueQueryStringParameters ?? {})) {
    if (query.includes(name)) continue;
    const plain = name.slice(0, LONGEST_NAME).toLowerCase().replaceAll(/[_-]/g, '');
    const meant = known.get(plain.length < SHORTEST_GUESSED ? plain : (nearest(plain, known.keys()) ?? ''));
    if (meant === undefined) continue;
    const shown = name.slice(0, LONGEST_NAME);
    if (meant === 'ownerExternalId') throw invalidOwner(`must be given: did you mean it by \`${shown}\`?`);
    throw invalidParameter(shown, `must be a known parameter: did you mean "${meant}"?`);
  }
}

/** The value of a parameter that may be given once, or undefined. */
export function readOnce(event: APIGatewayProxyEvent, name: string): string | undefined {
  const values = valuesOf(event, name);
  if (values.length > 1) throw invalidParameter(name, 'must be given at most once');
  return values[0];
}

function valuesOf({ multiValueQueryStringParameters: query }: APIGatewayProxyEvent, name: string): readonly string[] {
  const values = query && Object.hasOwn(query, name) ? query[name] : undefined;
  // A name without a value comes as an empty text or as null.
  return (values ?? []).map((value: string | null) => value ?? '');
}

/** `limit`: a whole number from 1 to `most`; `usual` when it is not given. */
export function readLimit(event: APIGatewayProxyEvent, usual: number, most: number): number {
  const text = readOnce(event, 'limit');
  if (text === undefined) return usual;
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= most) return limit;
  throw invalidParameter('limit', `must be a whole number from 1 to ${most}`);
}

export function invalidOwner(message: string): HttpProblem {
  const end = message.endsWith('?') ? '' : '.';
  return new HttpProblem('INVALID_OWNER_EXTERNAL_ID', `\`ownerExternalId\` ${message}${end}`, {
    errors: [{ path: 'ownerExternalId', message }],
  });
}

export function invalidParameter(path: string, message: string): HttpProblem {
  const end = /[.?]$/.test(message) ? '' : '.';
  return new HttpProblem('INVALID_PARAMETER', `\`${path}\` ${message}${end}`, { errors: [{ path, message }] });
}
