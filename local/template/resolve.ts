/**
 * CloudFormation's intrinsic functions, resolved for this machine. What is not known is an error that names the resource, never a
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

export function createResolver(template: Template, place: Place): Resolver {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::Region': place.region,
    'AWS::AccountId': place.account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': place.stackName,
    'AWS::StackId': `arn:aws:cloudformation:${place.region}:${place.account}:stack/${place.stackName}/local`,
    'AWS::NoValue': NO_VALUE,
    'AWS::NotificationARNs': [],
  };

  const identity = (logicalId: string, at: string) => {
    const resource = template.Resources[logicalId];
    if (!resource) throw new Error(`${at}: refers to ${logicalId}, which is not in the template`);
    try {
      return identityOf(place, logicalId, resource, (value) => resolve(value, logicalId));
    } catch (error) {
      throw new Error(`${at}: ${(error as Error).message}`, { cause: error });
    }
  };

  const reference = (name: string, at: string): unknown => {
    if (name in pseudo) return pseudo[name];
    const parameter = template.Parameters?.[name];
    if (!parameter) return identity(name, at).ref;
    if (parameter.Default === undefined) throw new Error(`${at}: parameter ${name} has no default`);
    return parameter.Default;
  };

  const attribute = (logicalId: string, name: string, at: string): string => {
    const value = identity(logicalId, at).attributes[name];
    if (value === undefined)
      throw new Error(
        `${at}: the local service does not know attribute ${name} of ${logicalId} (${template.Resources[logicalId]?.Type})`,
      );
    return value;
  };

  const substitute = (pattern: string, variables: Record<string, unknown>, at: string): string =>
    pattern.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in variables) return String(variables[name]);
      const dot = name.indexOf('.');
      return dot < 0 ? String(reference(name, at)) : attribute(name.slice(0, dot), name.slice(dot + 1), at);
    });

  const condition = (value: unknown, at: string): boolean => {
    const [kind, argument] = Object.entries(value as object)[0] ?? [];
    const all = () => (argument as unknown[]).map((part) => condition(part, at));
    switch (kind) {
      case 'Condition':
        return holds(String(argument));
      case 'Fn::Equals': {
        const [left, right] = resolve(argument, at) as unknown[];
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
  };

  const holds = (name: string | undefined): boolean => {
    if (name === undefined) return true;
    const stated = template.Conditions?.[name];
    if (stated === undefined) throw new Error(`condition ${name} is not in the template`);
    return condition(stated, name);
  };

  const intrinsic = (kind: string, argument: unknown, at: string): unknown => {
    const resolved = () => resolve(argument, at) as unknown[];
    switch (kind) {
      case 'Ref':
        return reference(String(argument), at);
      case 'Fn::GetAtt': {
        const [logicalId, ...names] = typeof argument === 'string' ? argument.split('.') : (argument as string[]);
        return attribute(String(logicalId), names.join('.'), at);
      }
      case 'Fn::Join': {
        const [separator, parts] = resolved();
        return (parts as unknown[]).join(String(separator));
      }
      case 'Fn::Sub': {
        const [pattern, variables] = typeof argument === 'string' ? [argument, {}] : resolved();
        return substitute(String(pattern), variables as Record<string, unknown>, at);
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
        return resolveOne(holds(name) ? yes : no, at);
      }
      case 'Fn::Base64':
        return Buffer.from(String(resolve(argument, at))).toString('base64');
      case 'Fn::FindInMap': {
        const [map, first, second] = resolved().map(String);
        const found = template.Mappings?.[map!]?.[first!]?.[second!];
        if (found === undefined) throw new Error(`${at}: nothing at ${map}.${first}.${second} of the mappings`);
        return found;
      }
      default:
        throw new Error(`${at}: the local service does not know the intrinsic function ${kind}`);
    }
  };

  /** May answer NO_VALUE, which the container then leaves out. */
  const resolveOne = (value: unknown, at: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => resolveOne(item, at)).filter((item) => item !== NO_VALUE);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [kind, argument] = entries[0] ?? [];
    if (entries.length === 1 && kind !== undefined && (kind === 'Ref' || kind.startsWith('Fn::')))
      return intrinsic(kind, argument, at);
    return Object.fromEntries(
      entries.map(([name, item]) => [name, resolveOne(item, at)]).filter(([, item]) => item !== NO_VALUE),
    );
  };

  const resolve = (value: unknown, at: string): unknown => {
    const resolved = resolveOne(value, at);
    return resolved === NO_VALUE ? undefined : resolved;
  };

  return {
    resolve,
    holds,
    text(value, at) {
      const resolved = resolve(value, at);
      if (typeof resolved === 'string' || typeof resolved === 'number' || typeof resolved === 'boolean')
        return String(resolved);
      throw new Error(`${at}: expected a text, found ${JSON.stringify(resolved)}`);
    },
  };
}
