/** The environment, read once at cold start: a function that is wired wrongly stops there, and says which variable it lacks. */
import { ConfigurationError } from './errors.ts';
import {
  CONSOLE_ORIGIN,
  ENV,
  ON_ONE_MACHINE,
  SHARED_USAGE_KEY,
  USAGE_PLANS,
  USER_POOL_CLIENT_ID,
  USER_POOL_ENDPOINT,
  USER_POOL_ID,
} from './names.ts';

/** A function is given the variables of what it is bound to and no others, so each asks for its own. */
export type Configuration = {
  readonly [Name in keyof typeof ENV]: Name extends keyof typeof NUMBERS ? number : string;
};

/** Variables that are whole numbers, with the least and the greatest that make sense. */
const NUMBERS = {
  retentionMonths: { unit: 'months', least: 1, greatest: 9_999 },
  callerCacheSeconds: { unit: 'seconds', least: 0, greatest: 3_600 },
  ownersPerSecond: { unit: 'owners', least: 1, greatest: 100_000 },
  ownersPerSlice: { unit: 'owners', least: 1, greatest: 100_000 },
  answersPerSlice: { unit: 'owners', least: 1, greatest: 100_000 },
} as const;

/** What `openService` needs. */
export const SERVICE_VARIABLES = [
  'table',
  'hashKeySecret',
  'retentionMonths',
] as const satisfies (keyof Configuration)[];
/** The same for functions that write answers. */
export const WRITER_VARIABLES = [...SERVICE_VARIABLES, 'changeQueue'] as const satisfies (keyof Configuration)[];
export type ServiceConfiguration = Pick<Configuration, (typeof SERVICE_VARIABLES)[number]>;

/**
 * The named part of the configuration.
 *
 * @throws ConfigurationError naming every variable that is missing or malformed
 */
export function readConfiguration<Name extends keyof Configuration>(
  names: readonly Name[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Pick<Configuration, Name> {
  const missing = names.map((name) => ENV[name]).filter((variable) => !environment[variable]?.trim());
  if (missing.length > 0) throw new ConfigurationError(`missing in the environment: ${missing.join(', ')}`);
  const entries = names.map((name) => [name, parse(name, environment[ENV[name]]!)]);
  return Object.fromEntries(entries) as Pick<Configuration, Name>;
}

function parse(name: keyof Configuration, text: string): string | number {
  if (!isNumber(name)) return text.trim();
  const { unit, least, greatest } = NUMBERS[name];
  const number = Number(text);
  if (!/^(?:0|[1-9]\d*)$/.test(text.trim()) || number < least || number > greatest) {
    throw new ConfigurationError(
      `${ENV[name]} must be a whole number of ${unit}, ${least} to ${greatest}, and is "${text}"`,
    );
  }
  return number;
}

const isNumber = (name: keyof Configuration): name is keyof typeof NUMBERS => Object.hasOwn(NUMBERS, name);

/** Whether this is the service on one machine; a deployed function never has this variable. */
export function isOnOneMachine(environment: Readonly<Record<string, string | undefined>> = process.env): boolean {
  return environment[ON_ONE_MACHINE] === 'true';
}

/** The origin of the console, where it is another than the API's. */
export function consoleOrigin(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  return environment[CONSOLE_ORIGIN]?.trim() || undefined;
}

/** The stage's plans of requests. Absent: it sets no limit for each client. */
export type UsagePlans = {
  readonly sharedKey: string;
  /** What each plan allows, by its name: `100:200:600` (requests a second, at once; uploads a minute). The default is the first. */
  readonly limits: ReadonlyMap<string, string>;
};

export function usagePlans(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): UsagePlans | undefined {
  const sharedKey = environment[SHARED_USAGE_KEY]?.trim();
  if (!sharedKey) return undefined;
  const plans = (environment[USAGE_PLANS] ?? '').split(',').map((plan) => plan.split('='));
  return { sharedKey, limits: new Map(plans.map(([name = '', limits = '']) => [name, limits])) };
}

/** The user pool whose people may sign in. */
export type UserPool = {
  readonly userPoolId: string;
  readonly clientId: string;
  /** Where its keys are instead of AWS. */
  readonly endpoint?: string | undefined;
};

/** @throws ConfigurationError for a pool without the id of its client */
export function userPool(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): UserPool | undefined {
  const [userPoolId, clientId] = [environment[USER_POOL_ID]?.trim(), environment[USER_POOL_CLIENT_ID]?.trim()];
  if (!userPoolId) return undefined;
  if (!clientId) throw new ConfigurationError(`missing in the environment: ${USER_POOL_CLIENT_ID}`);
  return { userPoolId, clientId, endpoint: environment[USER_POOL_ENDPOINT]?.trim() || undefined };
}
