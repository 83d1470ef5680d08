/** What zod found, in the voice of all faults: what a value must be. */
import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

/** As zod begins its own messages; ours are kept. */
const OF_ZOD = /^(?:Invalid|Too |Unrecognized)/;

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};
const COUNTED: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

/** @param value what was read: a field that is not in it must be given */
export function issueText(issue: Issue, value: unknown): string {
  if (!OF_ZOD.test(issue.message)) return issue.message;
  if (valueAt(value, issue.path) === undefined) return 'must be given';
  if (issue.code !== 'invalid_union') return `must ${demandOf(issue)}`;
  const demands = issue.errors.flatMap(([first]) => (first ? demandOf(first) : []));
  return `must ${[...new Set(demands)].map((demand, at) => (at === 0 ? demand : demand.replace(/^be /, ''))).join(' or ')}`;
}

function demandOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map((one) => JSON.stringify(one)).join(', ')}`;
    case 'too_small':
      return atLeast(issue.origin, issue.minimum, issue.inclusive !== false);
    case 'too_big':
      return bound(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    case 'invalid_format':
      return `be of the form ${issue.pattern ?? issue.format}`;
    default:
      return 'be of the form that the schema has';
  }
}

function atLeast(origin: string, minimum: number | bigint, isIncluded: boolean): string {
  if (origin in COUNTED && minimum === 1 && isIncluded) return 'not be empty';
  return bound(origin, isIncluded ? 'at least' : 'more than', minimum);
}

function bound(origin: string, how: string, limit: number | bigint): string {
  const counted = COUNTED[origin];
  return `${counted === undefined ? 'be' : 'have'} ${how} ${limit}${counted ?? ''}`;
}

/** What is at a path of a value; undefined where nothing is. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, part) => (inner as Record<PropertyKey, unknown> | undefined)?.[part], value);
}
