/** Whether the authorizer's policy allows a method: an explicit Deny wins, and the default is Deny. */
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
