/** Credentials as Lambda gives them to a function: in its environment, where they stay what they are as long as the process lives. */

export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** Undefined where the environment has none. */
export function environmentCredentials(): Credentials | undefined {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return undefined;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}

/**
 * Bundled in the place of `@aws-sdk/credential-provider-node`, which knows a dozen other places and is a good part of a cold start.
 *
 * @throws Error at the first request where the environment has none
 */
export const defaultProvider = () => async (): Promise<Credentials> => {
  const credentials = environmentCredentials();
  if (!credentials) throw new Error('there are no credentials in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  return credentials;
};
