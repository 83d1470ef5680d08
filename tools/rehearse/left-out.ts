/**
 * What the emulator cannot do. It is left out of a copy of the assembly; the assembly itself stays as it is. Everything else is
 * deployed.
 */
export type Resource = {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
};
export type Resources = Readonly<Record<string, Resource>>;

export type LeftOut = {
  readonly name: string;
  readonly why: string;
  /** The resource without it; `undefined`: the whole resource is left out. */
  readonly without: (resource: Resource) => Resource | undefined;
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
];

/** @throws when what stays refers to a resource that is left out */
export function withoutLeftOut(resources: Resources): Resources {
  const kept = Object.entries(resources).flatMap(([id, resource]) => {
    const changed = LEFT_OUT.reduce<Resource | undefined>((rest, { without }) => rest && without(rest), resource);
    return changed ? [[id, changed] as const] : [];
  });
  const text = JSON.stringify(kept);
  const missed = Object.keys(resources).filter((id) => !kept.some(([name]) => name === id) && text.includes(`"${id}"`));
  if (missed.length > 0) throw new Error(`left out, but others refer to them: ${missed.join(', ')}`);
  return Object.fromEntries(kept);
}
