import { CliError, EXIT, type ExitCode, messageOf } from './errors.ts';

/** With which name requests to the local servers are signed. */
let signer = 'local';

/** The local servers then judge this process by the policy of its command, as IAM judges an operator who has no other. */
export function signAs(name: string): void {
  signer = name;
}

/**
 * Settings of an SDK client. Local endpoints check no signature, but who signs, and the SDK needs credentials and a region all the same; on
 * AWS both come from the SDK's usual chain.
 */
export function clientOptions(region: string | undefined, endpoint: string | undefined) {
  if (endpoint === undefined) return region === undefined ? {} : { region };
  return {
    region: region ?? 'eu-central-1',
    endpoint,
    credentials: { accessKeyId: signer, secretAccessKey: 'local' },
  };
}

/** What a command works on, in the words of its errors. */
export type Resource = {
  /** The SDK's name of the error for a resource that does not exist. */
  readonly missingError: string;
  readonly missing: string;
  readonly checkOptions: string;
  readonly needs: string;
};
export const TABLE: Resource = {
  missingError: 'ResourceNotFoundException',
  missing: 'there is no such table',
  checkOptions: 'is --table right, and --region?',
  needs: 'use credentials that may work on the table',
};
export const QUEUES: Resource = {
  missingError: 'QueueDoesNotExist',
  missing: 'there is no such queue',
  checkOptions: 'is its URL right, and --region?',
  needs: 'use credentials that may receive from and delete on these queues, and send to the import queue',
};

export const GATEWAY: Resource = {
  missingError: 'NotFoundException',
  missing: 'there is no such plan',
  checkOptions: 'are the outputs those of the last deployment?',
  needs: 'use credentials that may read and make keys of API Gateway and put them into its usage plans',
};

const REFUSED = /^(AccessDenied|UnrecognizedClient|InvalidClientTokenId|CredentialsProviderError)/;
/** Errors that the service's own code throws. */
const EXIT_BY_CODE: Readonly<Record<string, ExitCode>> = {
  CLIENT_NOT_FOUND: EXIT.notFound,
  KEY_NOT_FOUND: EXIT.notFound,
  INVALID_CLIENT_ID: EXIT.usage,
  INVALID_ADDRESS: EXIT.usage,
  INVALID_SENDER: EXIT.usage,
};

/**
 * Returns the answer of a call.
 *
 * @throws CliError one sentence for any failure, with a hint where there is one
 */
export async function answered<Answer>(resource: Resource, work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof CliError ? error : asCliError(resource, error);
  }
}

function asCliError({ missingError, missing, checkOptions, needs }: Resource, error: unknown): CliError {
  const { code = '', name = '' } = error as { code?: string; name?: string };
  if (REFUSED.test(name) || REFUSED.test(code)) {
    return new CliError(`AWS refuses: ${messageOf(error)}`, needs, EXIT.refused);
  }
  if (name.startsWith(missingError)) return new CliError(missing, checkOptions);
  // A failed connection has no message, only a code.
  return new CliError(messageOf(error) || code || name || 'unknown', undefined, EXIT_BY_CODE[code] ?? EXIT.failed);
}
