/** Whether the policy that an authorizer answered with lets a method be called: an explicit Deny wins, silence is a Deny. */
type Statement = { Effect?: unknown; Action?: unknown; Resource?: unknown };

export function allows(policy: unknown, methodArn: string): boolean {
  const statements = asList((policy as { Statement?: unknown } | undefined)?.Statement) as Statement[];
  const effects = statements
    .filter(
      ({ Action, Resource }) =>
        asList(Action).some((action) => matches(String(action).toLowerCase(), 'execute-api:invoke')) &&
        asList(Resource).some((resource) => matches(String(resource), methodArn)),
    )
    .map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}
