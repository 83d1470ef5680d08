/** What the role of each function may do: the policies of the template. */
import type { Policies } from '../iam/access.ts';
import { readStatement } from '../iam/statements.ts';

type Found = { readonly id: string; readonly properties: Readonly<Record<string, unknown>> };

export type PolicySource<Resource extends Found> = {
  readonly functions: readonly Resource[];
  readonly roles: readonly Resource[];
  readonly policies: readonly Resource[];
  readonly nameOf: (found: Resource) => string;
  readonly resolve: (value: unknown, at: string) => unknown;
};

type Document = { readonly Statement: readonly unknown[] };

/** By the function's name, with which it signs. @throws for a statement that cannot be evaluated here */
export function readPolicies<Resource extends Found>({
  functions,
  roles,
  policies,
  nameOf,
  resolve,
}: PolicySource<Resource>): Policies {
  const byRole = statementsByRole(roles, policies);
  return Object.fromEntries(
    functions.map((found) => {
      const role = roleIdIn(found.properties['Role']) ?? '';
      const statements = (byRole.get(role) ?? []).map((each) => resolve(each, found.id));
      for (const statement of statements) readStatement(statement);
      return [nameOf(found), statements];
    }),
  );
}

/** Unresolved, by the logical id of the role. */
export function statementsByRole(roles: readonly Found[], policies: readonly Found[]): ReadonlyMap<string, unknown[]> {
  const byRole = new Map<string, unknown[]>(roles.map((role) => [role.id, statementsIn(role.properties['Policies'])]));
  for (const { properties } of policies) {
    for (const role of (properties['Roles'] ?? []) as { Ref?: string }[]) {
      byRole.get(role.Ref ?? '')?.push(...(properties['PolicyDocument'] as Document).Statement);
    }
  }
  return byRole;
}

/** The logical id of a role that is named by its ARN. */
export function roleIdIn(value: unknown): string | undefined {
  return (value as { 'Fn::GetAtt'?: [string, string] } | undefined)?.['Fn::GetAtt']?.[0];
}

function statementsIn(policies: unknown): unknown[] {
  return ((policies ?? []) as { PolicyDocument: Document }[]).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}
