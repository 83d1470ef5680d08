/** The usage plans of the template: what they allow, and the keys that the stack itself puts into them. */
import type { Resolver } from './resolve.ts';
import type { Found } from './wiring.ts';

/** Requests a second on average, and how many at once. */
export type Throttle = { readonly rate: number; readonly burst: number };

export type PlanSpec = {
  readonly id: string;
  /** None: the plan has no limit for all methods together. */
  readonly throttle: Throttle | undefined;
  /** By the method's name (`/v1/owner/POST`); it then does not count for the limit of all. */
  readonly methods: ReadonlyMap<string, Throttle>;
};
export type UsageSpec = {
  readonly plans: readonly PlanSpec[];
  /** The id of a plan by the value of a key. */
  readonly keys: ReadonlyMap<string, string>;
};

type Limits = { readonly RateLimit?: number; readonly BurstLimit?: number };
type Stages = readonly { readonly Throttle?: Readonly<Record<string, Limits>> }[];

export function readUsage(all: (type: string) => readonly Found[], resolver: Resolver): UsageSpec {
  const plans = all('AWS::ApiGateway::UsagePlan').map(({ id, properties }): PlanSpec => {
    const stages = (resolver.resolve(properties['ApiStages'], id) ?? []) as Stages;
    const methods = stages.flatMap(({ Throttle = {} }) => Object.entries(Throttle));
    return {
      id,
      throttle: throttleIn(resolver.resolve(properties['Throttle'], id) as Limits | undefined),
      methods: new Map(methods.flatMap(([name, limits]) => entryOf(name, throttleIn(limits)))),
    };
  });
  const values = new Map(
    all('AWS::ApiGateway::ApiKey').map(({ id, properties }) => [id, resolver.text(properties['Value'], id)]),
  );
  const keys = all('AWS::ApiGateway::UsagePlanKey').flatMap(({ id, properties }) => {
    const value = values.get(resolver.text(properties['KeyId'], id));
    return entryOf(value ?? '', resolver.text(properties['UsagePlanId'], id));
  });
  return { plans, keys: new Map(keys) };
}

function throttleIn(limits: Limits | undefined): Throttle | undefined {
  if (limits?.RateLimit === undefined) return undefined;
  return { rate: limits.RateLimit, burst: limits.BurstLimit ?? limits.RateLimit };
}

const entryOf = <Value>(name: string, value: Value | undefined): [string, Value][] =>
  name === '' || value === undefined ? [] : [[name, value]];
