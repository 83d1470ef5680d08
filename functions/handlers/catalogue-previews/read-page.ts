/** Reads which page of the owners of a preview is asked for. */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { MOST_OWNERS_OF_A_PAGE, OWNERS_OF_A_PAGE } from '../../contracts/http/limits.ts';
import { PAGE_PARAMETERS } from '../../contracts/http/previews.ts';
import { invalidParameter, readLimit, readOnce } from '../../http/query.ts';

export type PageRequest = {
  readonly profile: string;
  readonly change: 'entered' | 'left';
  readonly limit: number;
  /** Where the page before ended, as its answer said. */
  readonly cursor?: string;
};

/** @throws HttpProblem INVALID_PARAMETER */
export function readProfile(event: APIGatewayProxyEvent): string {
  const profile = readOnce(event, 'profile');
  if (!profile) throw invalidParameter('profile', 'must be given: one profile of the result');
  return profile;
}

/** @throws HttpProblem INVALID_PARAMETER */
export function readPage(event: APIGatewayProxyEvent): PageRequest {
  const profile = readProfile(event);
  const change = readOnce(event, 'change');
  if (change !== 'entered' && change !== 'left') throw invalidParameter('change', 'must be `entered` or `left`');
  const cursor = readOnce(event, 'cursor');
  if (cursor !== undefined && !PAGE_PARAMETERS.cursor.safeParse(cursor).success) {
    throw invalidParameter('cursor', 'must be what the answer before says');
  }
  return {
    profile,
    change,
    limit: readLimit(event, OWNERS_OF_A_PAGE, MOST_OWNERS_OF_A_PAGE),
    ...(cursor !== undefined && { cursor }),
  };
}
