/** The page's API client: with the key of this session, and every failure as an `ApiProblem`. */
import createClient from 'openapi-fetch';
import { ApiProblem, fullAnswerOf as plainAnswerOf } from '../../../client/problem.ts';
import type { paths } from '../../../client/schema.ts';
import { renewIfDue } from '../state/login.ts';
import { endSession, key } from '../state/session.ts';

export { ApiProblem, isAbort } from '../../../client/problem.ts';

const address = document.querySelector<HTMLMetaElement>('meta[name="api-url"]')?.content || location.origin;

export const api = createClient<paths>({ baseUrl: address });

api.use({
  async onRequest({ request }) {
    await renewIfDue();
    request.headers.set('X-Api-Key', key.value);
    return request;
  },
});

/** The body of an answer. A key that was revoked in the meantime ends the session. @throws ApiProblem, or `AbortError` */
export async function answerOf<Data>(asked: Parameters<typeof plainAnswerOf<Data>>[0]): Promise<Data> {
  return (await fullAnswerOf(asked)).data;
}

/** The answer with its headers. @throws as `answerOf` */
export async function fullAnswerOf<Data>(asked: Parameters<typeof plainAnswerOf<Data>>[0]) {
  const usedKey = key.value;
  try {
    return await plainAnswerOf(asked);
  } catch (failure) {
    // Another key may have signed in since.
    if (failure instanceof ApiProblem && failure.status === 401 && usedKey === key.value) endSession('revoked');
    throw failure;
  }
}

export const problemOf = (failure: unknown): ApiProblem =>
  failure instanceof ApiProblem ? failure : new ApiProblem({ title: String(failure) });
