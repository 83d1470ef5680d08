/** The parts of a deployed stack by name, read from its template. */
import type { Resource, Template } from '../../local/template/assembly.ts';

export type DeployedPart = { readonly name: string; readonly functions: readonly string[] };
export type QueueRow = {
  readonly name: string;
  readonly parked: boolean;
  readonly senders: readonly string[];
  readonly consumer: string;
  readonly gives: string;
  readonly usesTable: boolean;
};

/** What people call a queue, who sends besides functions, and what its function brings about; in the order of the picture. */
const QUEUES: Readonly<
  Record<string, { readonly name: string; readonly from?: readonly string[]; readonly gives: string }>
> = {
  ImportQueue: { name: 'imports', from: ['import pipelines'], gives: 'ledger and answer' },
  StatementUploads: { name: 'large files', from: ['payload bucket,', 'below uploads/'], gives: 'imports' },
  ChangeQueue: { name: 'owners to look at', gives: 'feed, event bus, webhooks' },
  Webhooks: { name: 'deliveries', gives: 'endpoints of clients' },
  ErasureQueue: { name: 'erasures', gives: 'nothing is left' },
};

type Entry = readonly [id: string, resource: Resource];
type Variables = Readonly<Record<string, unknown>>;

export function partsOf({ Resources }: Template) {
  const entries = Object.entries(Resources);
  const ofType = (type: string): Entry[] => entries.filter(([, { Type }]) => Type === type);
  const functions = new Map(
    ofType('AWS::Lambda::Function').map(([id, resource]) => [id, variablesOf(resource)] as const),
  );
  const nameOf = (id: string) => String(functions.get(id)?.['POWERTOOLS_SERVICE_NAME']);
  const naming = (target: string) =>
    [...functions].filter(([, variables]) => Object.values(variables).some((value) => refOf(value) === target));

  // Functions are called by their aliases.
  const aliases = ofType('AWS::Lambda::Alias').map(([id, { Properties }]) => [
    id,
    String(refOf(Properties?.['FunctionName'])),
  ]);
  const behindAlias = (value: unknown) => aliases.find(([id]) => JSON.stringify(value).includes(`"${id}"`))?.[1];

  const groups = ofType('AWS::CloudWatch::Alarm').flatMap(([id, alarm]) => {
    const part = /^MonitoringAnswering([A-Z][a-z]+)NotRunning/.exec(id)?.[1];
    return part ? [{ name: part.toLowerCase(), functions: functionsIn(alarm).map(nameOf) }] : [];
  });
  const consumers = ofType('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => ({
    queue: getAttOf(Properties?.['EventSourceArn']),
    consumer: behindAlias(Properties?.['FunctionName']),
  }));
  const allQueues = ofType('AWS::SQS::Queue');
  const deadLetters = allQueues.flatMap(([, { Properties }]) => deadLettersOf(Properties) ?? []);
  const resenders = [...new Set(deadLetters.flatMap((id) => naming(id).map(([sender]) => nameOf(sender))))];
  const queues = queueRows(allQueues, (id) => {
    const consumer = consumers.find(({ queue }) => queue === id)?.consumer;
    if (consumer === undefined) throw new Error(`nothing reads the queue ${id}`);
    return {
      consumer: nameOf(consumer),
      usesTable: 'TABLE_NAME' in functions.get(consumer)!,
      senders: naming(id)
        .map(([sender]) => nameOf(sender))
        .filter((sender) => !resenders.includes(sender))
        // A worker that only continues its own work is no news, unless nobody else sends.
        .filter((sender, _, all) => sender !== nameOf(consumer) || all.length === 1),
    };
  });
  const [machine] = ofType('AWS::StepFunctions::StateMachine');
  const [schedule] = ofType('AWS::Scheduler::Schedule');
  const starters = naming(machine![0]).map(([id]) => nameOf(id));
  const worker = behindAlias(machine![1]) ?? '';
  const drawn = [
    ...groups.flatMap((group) => group.functions),
    ...queues.map(({ consumer }) => consumer),
    ...starters,
    nameOf(worker),
    'authorizer',
  ];
  const missing = [...functions.keys()].map(nameOf).filter((name) => !drawn.includes(name));
  if (missing.length > 0) throw new Error(`the picture has no place for ${missing.join(', ')}`);
  const nightly = starters.find((name) => name.startsWith('nightly'))!;
  const count = (type: string) => ofType(type).length;
  return {
    groups,
    queues,
    resenders,
    routes: new Set(ofType('AWS::ApiGateway::Method').map(([, { Properties }]) => refOf(Properties?.['ResourceId'])))
      .size,
    plans: ofType('AWS::ApiGateway::UsagePlan').map(([id]) => /^ApiUsagePlans([a-z]+)/.exec(id)?.[1] ?? id),
    authorizer: 'authorizer',
    runs: {
      starters: starters.filter((name) => name !== nightly),
      nightly,
      schedule: atNight(schedule![1]),
      worker: nameOf(worker),
    },
    watch: {
      alarms: `${count('AWS::CloudWatch::Alarm')} alarms and ${count('AWS::CloudWatch::CompositeAlarm')} joint ones → SNS topic (setting) → person on call → runbook`,
      besides: `1 dashboard, ${count('AWS::Logs::LogGroup')} log groups, traces. CodeDeploy moves ${count('AWS::CodeDeploy::DeploymentGroup')} functions to a new version gradually, and back on an alarm.`,
    },
  };
}

/** Each queue that is read, with its dead letters and a parked queue beside it. */
function queueRows(
  all: readonly Entry[],
  around: (id: string) => Pick<QueueRow, 'consumer' | 'usesTable' | 'senders'>,
): QueueRow[] {
  const rows = all.flatMap(([id, { Properties }]) => {
    if (deadLettersOf(Properties) === undefined) return [];
    const home = Object.keys(QUEUES).find((name) => id.startsWith(name));
    if (home === undefined) throw new Error(`the picture has no place for the queue ${id}`);
    const { name, from = [], gives } = QUEUES[home]!;
    const { consumer, usesTable, senders } = around(id);
    const parked = all.some(([other]) => other.startsWith(`${home}Parked`));
    const row = { name, parked, consumer, gives, usesTable, senders: sentBy([...from, ...senders]) };
    return [{ row, place: Object.keys(QUEUES).indexOf(home) }];
  });
  return rows.sort((a, b) => a.place - b.place).map(({ row }) => row);
}

/** The queue that takes what failed; undefined of a queue that takes such messages itself. */
function deadLettersOf(properties: Resource['Properties']): string | undefined {
  const policy = properties?.['RedrivePolicy'];
  return isRecord(policy) ? getAttOf(policy['deadLetterTargetArn']) : undefined;
}

/** There is room for four lines. */
function sentBy(senders: readonly string[]): string[] {
  return senders.length <= 4 ? [...senders] : [...senders.slice(0, 3), `and ${senders.length - 3} more`];
}

function functionsIn({ Properties }: Resource): string[] {
  const found: string[] = [];
  JSON.stringify(Properties?.['Metrics'] ?? [], (_, value) => {
    if (value?.Name === 'FunctionName') found.push(value.Value.Ref);
    return value;
  });
  return found;
}

function atNight({ Properties }: Resource): string {
  const [, minute, hour] = /cron\((\d+) (\d+)/.exec(String(Properties?.['ScheduleExpression']))!;
  return `each night at ${hour}:${minute?.padStart(2, '0')}`;
}

function variablesOf({ Properties }: Resource): Variables {
  const environment = Properties?.['Environment'] as { Variables?: Variables } | undefined;
  return environment?.Variables ?? {};
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const refOf = (value: unknown) => (isRecord(value) ? value['Ref'] : undefined);
const getAttOf = (value: unknown) =>
  isRecord(value) && Array.isArray(value['Fn::GetAtt']) ? value['Fn::GetAtt'][0] : undefined;
