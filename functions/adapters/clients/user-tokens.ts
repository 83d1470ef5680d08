/** Access tokens of the stage's user pool (Amazon Cognito): who signed in, and in which groups they are. */
import type { UserPool } from '../../runtime/configuration.ts';
import { lazy } from '../../runtime/lazy.ts';

export type User = {
  /** Never given to another person of the pool. */
  readonly subject: string;
  readonly groups: readonly string[];
};
/** Undefined for a token that is not valid. @throws when the pool's keys cannot be had, which says nothing of the token */
export type UserOf = (token: string) => Promise<User | undefined>;

const FORM = /^[\w-]+\.[\w-]+\.[\w-]*$/;
const LONGEST = 8_192;

/** Whether a text can be a token: no API key has a dot. */
export const hasTokenForm = (text: string): boolean => text.length <= LONGEST && FORM.test(text);

/** The verifier is loaded at the first token: keys, which are most of what is sent, never need it. */
export function openUserTokens(pool: UserPool): UserOf {
  const opened = lazy(() => openVerifier(pool));
  return async (token) => {
    const { verifier, isOfToken } = await opened();
    try {
      const { sub, 'cognito:groups': groups = [] } = await verifier.verify(token);
      return { subject: sub, groups };
    } catch (error) {
      if (isOfToken(error)) return undefined;
      throw error;
    }
  };
}

async function openVerifier({ userPoolId, clientId, endpoint }: UserPool) {
  const [{ CognitoJwtVerifier }, { SimpleJwksCache }, { FetchError, JwksValidationError, JwtBaseError }] =
    await Promise.all([import('aws-jwt-verify'), import('aws-jwt-verify/jwk'), import('aws-jwt-verify/error')]);
  const fetcher = endpoint && { fetch: (uri: string) => keysAt(endpoint + new URL(uri).pathname) };
  const jwksCache = new SimpleJwksCache(fetcher ? { fetcher } : {});
  const isOfPool = (error: unknown) => error instanceof FetchError || error instanceof JwksValidationError;
  return {
    verifier: CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'access' }, { jwksCache }),
    isOfToken: (error: unknown) => error instanceof JwtBaseError && !isOfPool(error),
  };
}

async function keysAt(url: string): Promise<ArrayBuffer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the keys of the user pool: HTTP status ${answer.status}`);
  return answer.arrayBuffer();
}
