/**
 * CloudFormation's intrinsic functions, resolved for this machine. An unknown one is an error that names the resource, never a
 * silently wrong value.
 */
import type { Template } from './assembly.ts';
import type { Place } from './place.ts';
import { identityOf } from './place.ts';

export type Resolver = {
  /** Resolves every intrinsic within `value`; `at` is the logical id that errors name. */
  resolve(value: unknown, at: string): unknown;
  text(value: unknown, at: string): string;
  /** Whether the named condition holds; a resource without one always exists. */
  holds(condition: string | undefined): boolean;
};

const NO_VALUE = Symbol('AWS::NoValue');

/** What all intrinsics of one template are resolved against. */
type Scope = { readonly template: Template; readonly place: Place; readonly pseudo: Readonly<Record<string, unknown>> };

export function createResolver(template: Template, place: Place): Resolver {
  const scope: Scope = { template, place, pseudo: pseudoParametersOf(place) };
  return {
    resolve: (value, at) => resolve(scope, value, at),
    holds: (condition) => holds(scope, condition),
    text(value, at) {
      const resolved = resolve(scope, value, at);
      if (typeof resolved === 'string' || typeof resolved === 'number' || typeof resolved === 'boolean')
        return String(resolved);
      throw new Error(`${at}: expected a text, found ${JSON.stringify(resolved)}`);
    },
  };
}

const pseudoParametersOf = ({ region, account, stackName }: Place): Scope['pseudo'] => ({
  'AWS::Region': region,
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': stackName,
  'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`,
  'AWS::NoValue': NO_VALUE,
  'AWS::NotificationARNs': [],
});

function resolve(scope: Scope, value: unknown, at: string): unknown {
  const resolved = resolveOne(scope, value, at);
  return resolved === NO_VALUE ? undefined : resolved;
}

/** May return NO_VALUE, which the container then leaves out. */
function resolveOne(scope: Scope, value: unknown, at: string): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveOne(scope, item, at)).filter((item) => item !== NO_VALUE);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [kind, argument] = entries[0] ?? [];
  if (entries.length === 1 && kind !== undefined && (kind === 'Ref' || kind.startsWith('Fn::')))
    return intrinsic(scope, kind, argument, at);
  return Object.fromEntries(
    entries.map(([name, item]) => [name, resolveOne(scope, item, at)]).filter(([, item]) => item !== NO_VALUE),
  );
}

function intrinsic(scope: Scope, kind: string, argument: unknown, at: string): unknown {
  const resolved = () => resolve(scope, argument, at) as unknown[];
  switch (kind) {
    case 'Ref':
      return reference(scope, String(argument), at);
    case 'Fn::GetAtt': {
      const [logicalId, ...names] = typeof argument === 'string' ? argument.split('.') : (argument as string[]);
      return attribute(scope, String(logicalId), names.join('.'), at);
    }
    case 'Fn::Join': {
      const [separator, parts] = resolved();
      return (parts as unknown[]).join(String(separator));
    }
    case 'Fn::Sub': {
      const [pattern, variables] = typeof argument === 'string' ? [argument, {}] : resolved();
      return substitute(scope, String(pattern), variables as Record<string, unknown>, at);
    }
    case 'Fn::Select': {
      const [index, items] = resolved();
      return (items as unknown[])[Number(index)];
    }
    case 'Fn::Split': {
      const [separator, text] = resolved();
      return String(text).split(String(separator));
    }
    case 'Fn::If': {
      const [name, yes, no] = argument as [string, unknown, unknown];
      return resolveOne(scope, holds(scope, name) ? yes : no, at);
    }
    case 'Fn::Base64':
      return Buffer.from(String(resolve(scope, argument, at))).toString('base64');
    case 'Fn::FindInMap': {
      const [map, first, second] = resolved().map(String);
      const found = scope.template.Mappings?.[map!]?.[first!]?.[second!];
      if (found === undefined) throw new Error(`${at}: nothing at ${map}.${first}.${second} of the mappings`);
      return found;
    }
    default:
      throw new Error(`${at}: the local service does not know the intrinsic function ${kind}`);
  }
}

function reference(scope: Scope, name: string, at: string): unknown {
  if (name in scope.pseudo) return scope.pseudo[name];
  const parameter = scope.template.Parameters?.[name];
  if (!parameter) return identity(scope, name, at).ref;
  if (parameter.Default === undefined) throw new Error(`${at}: parameter ${name} has no default`);
  return parameter.Default;
}

function attribute(scope: Scope, logicalId: string, name: string, at: string): string {
  const value = identity(scope, logicalId, at).attributes[name];
  if (value !== undefined) return value;
  const type = scope.template.Resources[logicalId]?.Type;
  throw new Error(`${at}: the local service does not know attribute ${name} of ${logicalId} (${type})`);
}

function identity(scope: Scope, logicalId: string, at: string) {
  const resource = scope.template.Resources[logicalId];
  if (!resource) throw new Error(`${at}: refers to ${logicalId}, which is not in the template`);
  try {
    return identityOf(scope.place, logicalId, resource, (value) => resolve(scope, value, logicalId));
  } catch (error) {
    throw new Error(`${at}: ${(error as Error).message}`, { cause: error });
  }
}

function substitute(scope: Scope, pattern: string, variables: Record<string, unknown>, at: string): string {
  return pattern.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (name in variables) return String(variables[name]);
    const dot = name.indexOf('.');
    return dot < 0 ? String(reference(scope, name, at)) : attribute(scope, name.slice(0, dot), name.slice(dot + 1), at);
  });
}

function holds(scope: Scope, name: string | undefined): boolean {
  if (name === undefined) return true;
  const stated = scope.template.Conditions?.[name];
  if (stated === undefined) throw new Error(`condition ${name} is not in the template`);
  return condition(scope, stated, name);
}

function condition(scope: Scope, value: unknown, at: string): boolean {
  const [kind, argument] = Object.entries(value as object)[0] ?? [];
  const all = () => (argument as unknown[]).map((part) => condition(scope, part, at));
  switch (kind) {
    case 'Condition':
      return holds(scope, String(argument));
    case 'Fn::Equals': {
      const [left, right] = resolve(scope, argument, at) as unknown[];
      return left === right;
    }
    case 'Fn::Not':
      return !all()[0];
    case 'Fn::And':
      return all().every(Boolean);
    case 'Fn::Or':
      return all().some(Boolean);
    default:
      throw new Error(`${at}: the local service does not know the condition ${kind}`);
  }
}
