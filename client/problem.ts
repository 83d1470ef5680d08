import type { components } from './schema.ts';

type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];
type Answer<Data> = { readonly data?: Data; readonly error?: unknown; readonly response: Response };

/** A refusal of the API (RFC 9457), or `UNREACHABLE` when no answer came at all. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** Of HTTP; 0 without an answer. */
  readonly status: number;
  /** Stable, as the OpenAPI document lists them. New ones may come. */
  readonly code: Problem['code'] | 'UNREACHABLE' | 'UNKNOWN';
  readonly detail: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  readonly requestId: string;

  constructor(problem: Partial<Problem>, status = problem.status ?? 0, options?: ErrorOptions) {
    super(problem.title ?? (status === 0 ? 'The service cannot be reached' : `HTTP status ${status}`), options);
    this.status = status;
    this.code = problem.code ?? (status === 0 ? 'UNREACHABLE' : 'UNKNOWN');
    this.detail = problem.detail ?? '';
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId ?? '';
  }
}

/** The body of a request's answer. @throws ApiProblem, or `AbortError` when the request was aborted */
export async function answerOf<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  return (await fullAnswerOf(asked)).data;
}

/** The same with the headers. @throws as `answerOf` */
export async function fullAnswerOf<Data>(asked: Promise<Answer<Data>>): Promise<{ data: Data; response: Response }> {
  const { data, error, response } = await asked.catch((failure: unknown) => {
    throw isAbort(failure) ? failure : new ApiProblem({}, 0, { cause: failure });
  });
  if (response.ok) return { data: data as Data, response };
  // A proxy before the service may answer in a form of its own.
  throw new ApiProblem(typeof error === 'object' && error !== null ? error : {}, response.status);
}

export const isAbort = (failure: unknown): boolean =>
  typeof failure === 'object' && failure !== null && 'name' in failure && failure.name === 'AbortError';
