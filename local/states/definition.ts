/**
 * State machines as they run here: in the Amazon States Language with JSONPath, with tasks that invoke functions, by
 * `arn:aws:states:::lambda:invoke` or by the function's own ARN. What would run differently in the cloud is refused.
 */
export type State = {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly ItemProcessor?: Definition;
  readonly Branches?: readonly Definition[];
  readonly [field: string]: unknown;
};
export type Definition = {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly QueryLanguage?: string;
};

export type Task = {
  readonly state: string;
  /** The top-level state that contains the task: itself, or the map it is an iteration of. */
  readonly within: string;
  /** The ARN, if the task names one; otherwise its input names the function. */
  readonly functionArn: string | undefined;
  /** The function that it invokes, unless its input names it. */
  readonly invokes: string | undefined;
};

const INVOKE = /^arn:aws[\w-]*:states:::lambda:invoke$/;
const FUNCTION = /^arn:aws[\w-]*:lambda:[^:]*:[^:]*:function:/;
const UNKNOWN_FIELDS = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'QueryLanguage', 'Assign', 'Output', 'Arguments'];

/** @throws naming the state that the local service does not support */
export function tasksOf(definition: Definition): Task[] {
  if ((definition.QueryLanguage ?? 'JSONPath') !== 'JSONPath') throw unknown('the machine', 'JSONata');
  return Object.entries(definition.States).flatMap(([name, state]) => tasksIn(name, state, name));
}

function tasksIn(name: string, state: State, within: string): Task[] {
  const field = UNKNOWN_FIELDS.find((each) => state[each] !== undefined);
  if (field) throw unknown(name, field);
  const nested = [...(state.ItemProcessor ? [state.ItemProcessor] : []), ...(state.Branches ?? [])];
  const inside = nested.flatMap(({ States }) =>
    Object.entries(States).flatMap(([inner, each]) => tasksIn(inner, each, within)),
  );
  if (state.Type !== 'Task') return inside;
  const { Resource = '', TimeoutSeconds } = state;
  if (!INVOKE.test(Resource) && !FUNCTION.test(Resource)) throw unknown(name, `the resource ${Resource}`);
  // Without one the cloud waits for ever and the interpreter for a minute.
  if (TimeoutSeconds === undefined) throw new Error(`the state ${name} needs TimeoutSeconds`);
  const functionArn = FUNCTION.test(Resource) ? Resource : undefined;
  const { FunctionName } = (state['Parameters'] ?? {}) as { FunctionName?: string };
  return [{ state: name, within, functionArn, invokes: functionArn ?? FunctionName }];
}

const unknown = (name: string, what: string) =>
  new Error(`${name}: the local service does not know ${what} of a state machine`);
