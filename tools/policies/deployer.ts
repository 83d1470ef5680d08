/**
 * What a deployer needs, from a synthesized template: the roles of `cdk bootstrap` that `cdk deploy` takes on, and what CloudFormation may do
 * in the name of the bootstrap's execution role, by the types of the template's resources.
 */
import permissions from './permissions.json' with { type: 'json' };

export type Statement = {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
};
export type Policy = { readonly Version: '2012-10-17'; readonly Statement: readonly Statement[] };
export type Place = { readonly partition: string; readonly account: string; readonly region: string };

type Template = { readonly Resources: Readonly<Record<string, { readonly Type: string }>> };

/** IAM counts no white space (IAM quotas, "Managed policy size"). */
const MOST_CHARACTERS = 6_144;
/** Of the bootstrap, unless it was given another. */
const QUALIFIER = 'hnb659fds';
/** CloudFormation shortens the stack's name in that of a role, which has 64 characters at most: half of them go to the role's own id. */
const LONGEST_STACK_PREFIX = 24;
const BOOTSTRAP_ROLES = ['deploy', 'file-publishing', 'image-publishing', 'lookup'];

/** For the user or role that runs `cdk deploy`. */
export function callerPolicy({ partition, account, region }: Place): Policy {
  const roles = BOOTSTRAP_ROLES.map(
    (role) => `arn:${partition}:iam::${account}:role/cdk-${QUALIFIER}-${role}-role-${account}-${region}`,
  );
  return policy([{ Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: roles }]);
}

/**
 * For `cdk bootstrap --cloudformation-execution-policies`: as many policies as it takes, because one has room for few actions. Rights on
 * roles are on those of the stack alone; resources of other services get their names only when they are made.
 *
 * @throws for a type of resource that has no entry in permissions.json
 */
export function executionPolicies({ Resources }: Template, stackName: string, { partition, account }: Place): Policy[] {
  const types = [...new Set(Object.values(Resources).map(({ Type }) => Type))].filter(
    (type) => type !== 'AWS::CDK::Metadata',
  );
  const actions = [...new Set(types.flatMap(permissionsOf))].sort();
  const [onRoles, others] = [true, false].map((wanted) =>
    actions.filter((action) => action.startsWith('iam:') === wanted),
  );
  const roles = {
    Effect: 'Allow' as const,
    Action: onRoles ?? [],
    Resource: [`arn:${partition}:iam::${account}:role/${rolePrefix(stackName)}*`],
  };
  return [policy([roles]), ...inPieces(others ?? [])];
}

function rolePrefix(stackName: string): string {
  return stackName.length > LONGEST_STACK_PREFIX ? stackName.slice(0, LONGEST_STACK_PREFIX) : `${stackName}-`;
}

function permissionsOf(type: string): readonly string[] {
  const found = new Map<string, readonly string[]>(Object.entries(permissions)).get(type);
  if (!found) throw new Error(`${type} has no entry in tools/policies/permissions.json`);
  return found;
}

function inPieces(actions: readonly string[]): Policy[] {
  const pieces: string[][] = [[]];
  const policyOf = (Action: readonly string[]) => policy([{ Effect: 'Allow', Action, Resource: ['*'] }]);
  for (const action of actions) {
    const last = pieces.at(-1) ?? [];
    if (JSON.stringify(policyOf([...last, action])).length > MOST_CHARACTERS) pieces.push([action]);
    else last.push(action);
  }
  return pieces.map(policyOf);
}

function policy(Statement: readonly Statement[]): Policy {
  return { Version: '2012-10-17', Statement };
}
