import { CliError, EXIT, type ExitCode, messageOf } from './errors.ts';

/**
 * Settings of an SDK client. Local endpoints check no signature, but the SDK wants credentials and a region all the
 * same; on AWS both come from where the SDK always looks for them.
 */
export function clientOptions(region: string | undefined, endpoint: string | undefined) {
  if (endpoint === undefined) return region === undefined ? {} : { region };
  return {
    region: region ?? 'eu-central-1',
    endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
}

/** What a command works on, as its errors speak of it. */
export type Resource = {
  /** The SDK's name of the error that says that it is not there. */
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

const REFUSED = /^(AccessDenied|UnrecognizedClient|InvalidClientTokenId|CredentialsProviderError)/;
/** Of the errors that the service's own code throws. */
const EXIT_BY_CODE: Readonly<Record<string, ExitCode>> = {
  CLIENT_NOT_FOUND: EXIT.notFound,
  KEY_NOT_FOUND: EXIT.notFound,
  INVALID_CLIENT_ID: EXIT.usage,
  INVALID_ADDRESS: EXIT.usage,
  INVALID_SENDER: EXIT.usage,
};

/**
 * Passes an answer on.
 *
 * @throws CliError a sentence for whatever went wrong, with a hint where there is one
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
  // A connection that fails has no message, only a code.
  return new CliError(messageOf(error) || code || name || 'unknown', undefined, EXIT_BY_CODE[code] ?? EXIT.failed);
}
