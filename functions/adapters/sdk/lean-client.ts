/**
 * Clients of the AWS SDK as functions use them, by its own points of extension: what a function on Lambda never needs is left out, and
 * what is done for every request is done in few steps. For services that speak JSON; S3 streams, and stays as the SDK has it.
 */
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { environmentCredentials } from './environment-credentials.ts';
import { JsonRequests } from './json-requests.ts';
import { RequestSigner } from './request-signer.ts';

type LeanConfig = Pick<
  DynamoDBClientConfig,
  'base64Decoder' | 'cacheMiddleware' | 'credentials' | 'maxAttempts' | 'region' | 'requestHandler' | 'signer'
>;
type AnyClient = { readonly middlewareStack: { remove(name: string): boolean } };

/** Logs that go nowhere, and a name of the SDK in every request. Retries, signing and the detection of loops stay. */
const LEFT_OUT = ['loggerMiddleware', 'getUserAgentMiddleware'];

export type Patience = {
  /** As the SDK has them unless given. */
  readonly maxAttempts?: number;
  /** A request times out after this many milliseconds without a byte, while it connects or afterwards. */
  readonly longestSilenceMs?: number;
};

/** @throws Error when the SDK calls its steps by other names than it did: one that is left out must not stay by mistake */
export function leanClient<Client extends AnyClient>(
  open: new (config: LeanConfig) => Client,
  { maxAttempts, longestSilenceMs }: Patience = {},
): Client {
  const credentials = environmentCredentials();
  const region = process.env['AWS_REGION'];
  const client = new open({
    ...(region !== undefined && { region }),
    // Elsewhere than on Lambda the SDK looks for credentials in all the places that it knows.
    ...(credentials && { credentials, signer: new RequestSigner(environmentCredentials) }),
    ...(maxAttempts !== undefined && { maxAttempts }),
    requestHandler: new JsonRequests(longestSilenceMs),
    base64Decoder,
    // The steps of a command are put together once. What they remember between requests is the same for all: endpoint and credentials.
    cacheMiddleware: true,
  });
  for (const name of LEFT_OUT) {
    if (!client.middlewareStack.remove(name)) throw new Error(`the SDK has no step ${name}`);
  }
  return client;
}

/** What AWS answers needs no look whether it is Base64. */
function base64Decoder(text: string): Uint8Array {
  return Buffer.from(text, 'base64');
}
