/**
 * Evaluates policy statements on a request as IAM evaluates identity-based policies (IAM user guide, "Policy evaluation
 * logic"), for the parts of their language that the stack uses. Anything unknown is an error when the policies are read, never a silent
 * yes or no.
 */
export type Request = {
  /** `dynamodb:GetItem` */
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys, by name; a key that the request does not have is absent. */
  readonly context: Readonly<Record<string, readonly string[]>>;
};

export type Statement = {
  readonly effect: 'Allow' | 'Deny';
  /** In lower case. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
};
type Condition = {
  readonly key: string;
  readonly values: readonly string[];
  readonly holds: (found: readonly string[] | undefined, wanted: readonly string[]) => boolean;
};

type Test = (found: string, wanted: string) => boolean;
const TESTS: Readonly<Record<string, Test>> = {
  StringEquals: (found, wanted) => found === wanted,
  StringLike: (found, wanted) => isLike(found, wanted),
  ArnLike: (found, wanted) => isLike(found, wanted),
  Bool: (found, wanted) => found.toLowerCase() === wanted.toLowerCase(),
};

/** @throws for anything unknown, naming it */
export function readStatement(value: unknown): Statement {
  const { Effect, Action, Resource, Condition, ...rest } = value as Record<string, unknown>;
  const others = Object.keys(rest).filter((name) => name !== 'Sid');
  if (others.length > 0) throw new Error(`the local service does not know ${others.join(', ')} in a policy`);
  if (Effect !== 'Allow' && Effect !== 'Deny') throw new Error(`a statement's effect is ${String(Effect)}`);
  if (Action === undefined || Resource === undefined) throw new Error('a statement needs Action and Resource');
  const actions = list(Action).map((action) => action.toLowerCase());
  return { effect: Effect, actions, resources: list(Resource), conditions: readConditions(Condition) };
}

/**
 * Evaluates the statements on a request.
 *
 * @returns numbers of the statements that allow it; none when none does, or when one denies it
 */
export function allowing(statements: readonly Statement[], request: Request): number[] {
  const lower = { ...request, action: request.action.toLowerCase() };
  const meant = [...statements.keys()].filter((index) => isMeant(statements[index]!, lower));
  return meant.some((index) => statements[index]?.effect === 'Deny') ? [] : meant;
}

function isMeant({ actions, resources, conditions }: Statement, { action, resource, context }: Request): boolean {
  return (
    actions.some((pattern) => isLike(action, pattern)) &&
    resources.some((pattern) => isLike(resource, pattern)) &&
    conditions.every(({ key, values, holds }) => holds(context[key], values))
  );
}

function readConditions(value: unknown): Condition[] {
  return Object.entries((value ?? {}) as Record<string, Record<string, unknown>>).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => ({ key, values: list(wanted).map(String), holds: holding(operator) })),
  );
}

function holding(operator: string): Condition['holds'] {
  if (operator === 'Null') return (found, [wanted]) => (found === undefined) === (wanted === 'true');
  const [, set, name = '', ifExists] = /^(?:(ForAllValues):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const test = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
  if (!test) throw new Error(`the local service does not know the condition ${operator} of a policy`);
  return (found, wanted) => {
    // "For all values" is true for none.
    if (found === undefined) return set !== undefined || ifExists !== undefined;
    const one = (value: string) => wanted.some((each) => test(value, each));
    return set === undefined ? found.some(one) : found.every(one);
  };
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]) as string[];
}

/** `*` matches any text, `?` any character. Linear: only the latest star ever backtracks. */
export function isLike(text: string, pattern: string): boolean {
  if (text === pattern) return true;
  let [at, star, taken] = [0, -1, 0];
  let index = 0;
  while (index < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      taken = index;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++taken;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
