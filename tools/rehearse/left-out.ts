/**
 * What the emulator cannot do. It is left out of a copy of the assembly; the assembly itself stays as it is. Everything else is
 * deployed.
 */
export type Resource = {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdatePolicy?: unknown;
  readonly Metadata?: Readonly<Record<string, unknown>>;
};
export type Resources = Readonly<Record<string, Resource>>;

export type LeftOut = {
  readonly name: string;
  readonly why: string;
  /** The resource without it; `undefined`: the whole resource is left out. */
  readonly without: (resource: Resource, all: Resources) => Resource | undefined;
};

const ofType = (type: string, change: (resource: Resource) => Resource | undefined) => (resource: Resource) =>
  resource.Type === type ? change(resource) : resource;

/** For MiniStack 1.5.33. */
export const LEFT_OUT: readonly LeftOut[] = [
  {
    name: 'composite alarms',
    why: 'its CloudFormation knows no AWS::CloudWatch::CompositeAlarm',
    without: ofType('AWS::CloudWatch::CompositeAlarm', () => undefined),
  },
  {
    name: 'alarms on expressions',
    why: 'its CloudFormation refuses alarms with metric math',
    without: ofType('AWS::CloudWatch::Alarm', (alarm) => (alarm.Properties?.['Metrics'] ? undefined : alarm)),
  },
  {
    name: 'the dashboard',
    why: 'it shows the alarms that are left out',
    without: ofType('AWS::CloudWatch::Dashboard', () => undefined),
  },
  {
    name: "the caller's address in the authorizer's cache key",
    why: 'its gateway takes an identity source of the context for a missing one, and answers 401',
    without: ofType('AWS::ApiGateway::Authorizer', (authorizer) => ({
      ...authorizer,
      Properties: {
        ...authorizer.Properties,
        IdentitySource: String(authorizer.Properties?.['IdentitySource'])
          .split(',')
          .filter((source) => !source.startsWith('context.'))
          .join(','),
      },
    })),
  },
  {
    name: 'gradual shifts',
    why: 'it has no CodeDeploy: aliases move to new versions at once',
    without: ({ UpdatePolicy, ...resource }) => (resource.Type.startsWith('AWS::CodeDeploy::') ? undefined : resource),
  },
  {
    name: 'usage plans of requests',
    why: 'its gateway does not take the key of a plan from the authorizer, and answers 403',
    without: ofType('AWS::ApiGateway::Method', (method) => ({
      ...method,
      Properties: { ...method.Properties, ApiKeyRequired: false },
    })),
  },
  {
    name: 'conditions on keys and attributes of items',
    why: 'its IAM knows neither dynamodb:LeadingKeys nor dynamodb:Attributes, and denies what depends on them',
    without: ofType('AWS::IAM::Policy', (policy) =>
      walked(policy, ({ Condition, ...statement }) =>
        Condition === undefined ? undefined : { ...statement, Condition: withoutItemKeys(Condition) },
      ),
    ),
  },
  {
    name: 'ARNs of secrets by Ref',
    why: 'its CloudFormation answers the name, which no policy allows; the attribute Id is the ARN, too',
    without: (resource, all) =>
      walked(resource, ({ Ref }) =>
        all[String(Ref)]?.Type === 'AWS::SecretsManager::Secret' ? { 'Fn::GetAtt': [Ref, 'Id'] } : undefined,
      ),
  },
];

type Group = Readonly<Record<string, unknown>>;

/** A copy in which `change` has replaced groups of names, wherever they are; undefined leaves a group, but for those in it. */
function walked<Value>(value: Value, change: (group: Group) => Group | undefined): Value {
  const walk = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(walk);
    if (typeof item !== 'object' || item === null) return item;
    const changed = change(item as Group);
    return changed ?? Object.fromEntries(Object.entries(item).map(([name, inner]) => [name, walk(inner)]));
  };
  return walk(value) as Value;
}

function withoutItemKeys(condition: unknown): Group {
  const operators = Object.entries(condition as Record<string, Group>).map(([operator, keys]) => {
    const kept = Object.entries(keys).filter(([key]) => !key.startsWith('dynamodb:'));
    return [operator, Object.fromEntries(kept)] as const;
  });
  return Object.fromEntries(operators.filter(([, keys]) => Object.keys(keys).length > 0));
}

/** @throws when what stays refers to a resource that is left out */
export function withoutLeftOut(resources: Resources): Resources {
  const kept = Object.entries(resources).flatMap(([id, resource]) => {
    const changed = LEFT_OUT.reduce<Resource | undefined>(
      (rest, { without }) => rest && without(rest, resources),
      resource,
    );
    return changed ? [[id, changed] as const] : [];
  });
  const text = JSON.stringify(kept);
  const missed = Object.keys(resources).filter((id) => !kept.some(([name]) => name === id) && text.includes(`"${id}"`));
  if (missed.length > 0) throw new Error(`left out, but others refer to them: ${missed.join(', ')}`);
  return Object.fromEntries(kept);
}
