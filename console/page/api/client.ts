/** The page's API client: with the key of this session, and every failure as an `ApiProblem`. */
import createClient from 'openapi-fetch';
import { endSession, key } from '../state/session.ts';
import type { paths } from './schema.ts';
import type { Problem } from './schema-types.ts';

const address = document.querySelector<HTMLMetaElement>('meta[name="api-url"]')?.content || location.origin;

export const api = createClient<paths>({ baseUrl: address });

api.use({
  onRequest({ request }) {
    request.headers.set('X-Api-Key', key.value);
    return request;
  },
});

/** Why there is no answer: a problem that the API named, or `UNREACHABLE`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: Problem['code'] | 'UNREACHABLE';
  readonly detail: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  readonly requestId: string;

  constructor(problem: Partial<Problem>) {
    super(problem.title ?? 'The service cannot be reached');
    this.code = problem.code ?? 'UNREACHABLE';
    this.detail = problem.detail ?? '';
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId ?? '';
  }
}

type Answer<Data> = { readonly data?: Data; readonly error?: unknown; readonly response: Response };

/** @throws ApiProblem, or `AbortError` when the request was aborted */
export async function answerOf<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  return (await fullAnswerOf(asked)).data;
}

/** The answer with its headers. @throws as `answerOf` */
export async function fullAnswerOf<Data>(asked: Promise<Answer<Data>>): Promise<{ data: Data; response: Response }> {
  const usedKey = key.value;
  const { data, error, response } = await asked.catch((failure: unknown) => {
    throw isAbort(failure) ? failure : new ApiProblem({});
  });
  if (response.ok) return { data: data as Data, response };
  const problem = new ApiProblem(typeof error === 'object' && error !== null ? error : {});
  // The key may have been revoked since; another one may have signed in.
  if (response.status === 401 && usedKey === key.value) endSession('revoked');
  throw problem;
}

export const isAbort = (failure: unknown): boolean => failure instanceof DOMException && failure.name === 'AbortError';

export const problemOf = (failure: unknown): ApiProblem =>
  failure instanceof ApiProblem ? failure : new ApiProblem({ title: String(failure) });
