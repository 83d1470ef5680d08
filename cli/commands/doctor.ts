/** `doctor`: whether the service answers, the key is good, the clocks agree and no failure waits for a person. */
import Table from 'cli-table3';
import type { Command } from 'commander';
import { type Answer, type Call, exchange } from '../api.ts';
import { answered, clientOptions, TABLE } from '../aws.ts';
import { apiConnection, type Environment, type Outputs, readOutputs, regionIn } from '../connection.ts';
import type { Context } from '../context.ts';
import { type Finding, look, UNKNOWN, unknown, type Verdict, well } from '../doctor/finding.ts';
import { plansFinding } from '../doctor/plans.ts';
import { gatewayFinding, lambdaFinding } from '../doctor/quotas.ts';
import { CliError, EXIT, messageOf } from '../errors.ts';
import { type CommonOptions, optionsOf } from '../options.ts';
import type { Depth } from '../sqs.ts';
import { safe, safeJson, styled } from '../terminal.ts';

type Examined = Finding & { readonly what: string };

/** Imports dated further ahead are refused (contract, section 3). */
const MOST_SECONDS_APART = 60;
const MARKS: Readonly<Record<Verdict, string>> = { well: '✓', look: '✗', unknown: '–' };
const COLOURS = { well: 'green', look: 'red', unknown: 'dim' } as const;

export function doctorCommand(cli: Command, context: Context): void {
  cli
    .command('doctor')
    .description('check the service, the key, the queues, the table and the quotas')
    .action(async (_: unknown, command: Command) => {
      const options = optionsOf<object>(command);
      const outputs = outputsOf(options, context.env);
      const examined: Examined[] = [];
      for (const [what, examine] of Object.entries(examinations(options, outputs, context))) {
        examined.push({ what, ...(await examine().catch(faultOf)) });
      }
      if (options.json) context.out(safeJson({ examined }));
      else context.out(tableOf(examined));
      const bad = examined.filter(({ verdict }) => verdict === 'look').length;
      if (bad > 0) throw new CliError(`${bad} of ${examined.length} checks need attention`, undefined, EXIT.failed);
    });
}

/** Settings that belong together come from one place: beside an address alone, a local service's queues are another's. */
function outputsOf(options: CommonOptions, env: Environment): Outputs {
  const isAddressAlone = options.outputs === undefined && (options.url ?? env['OWNER_PROFILES_URL']) !== undefined;
  return (isAddressAlone ? undefined : readOutputs(options, env)) ?? {};
}

type Examinations = Readonly<Record<string, () => Promise<Finding>>>;

function examinations(options: CommonOptions, outputs: Outputs, context: Context): Examinations {
  const api = async (path: string, query: Call['query'] = {}) =>
    exchange(apiConnection(options, context.env), { method: 'GET', path, query });
  let described: Promise<Answer> | undefined;
  const description = () => (described ??= api('openapi.json'));
  const queues = queueDepths(options, outputs, context);
  const region = options.region ?? outputs['Region'] ?? context.env['AWS_REGION'];
  return {
    API: async () => {
      const { info } = (await description()).body as { info: { version: string } };
      return well(`answers, version ${info.version}`);
    },
    clock: async () => clockFinding((await description()).headers, context.clock()),
    key: async () => {
      const { profiles } = (await api('profiles')).body as { profiles: readonly { enabled: boolean }[] };
      return well(`good, ${profiles.filter(({ enabled }) => enabled).length} profiles are judged`);
    },
    'refused imports': async () => {
      const { body } = await api('imports', { status: 'refused', limit: '100' });
      const { imports } = body as { imports: readonly object[] };
      if (imports.length === 0) return well('none of this client in 14 days');
      const more = imports.length === 100 ? 'or more ' : '';
      return look(`${imports.length} ${more}of this client in 14 days`, 'GET /v1/imports?status=refused says why');
    },
    'imports waiting': async () => {
      const depth = await queues('ImportQueueUrl');
      return depth ? waitingFinding(depth) : UNKNOWN;
    },
    'parked imports': () => failures(queues('ParkedQueueUrl')),
    'dead letters': () => failures(queues('DeadLetterQueueUrl')),
    table: () => tableFinding(options, outputs, context),
    'limits of clients': () => plansFinding(options, outputs, context),
    'quota of Lambda': () => lambdaFinding(outputs, region),
    'quota of API Gateway': () => gatewayFinding(outputs, region),
  };
}

function faultOf(error: unknown): Finding {
  const hint = error instanceof CliError ? error.hint : undefined;
  return { verdict: 'look', says: messageOf(error), ...(hint !== undefined && { todo: hint }) };
}

/** @param now milliseconds since 1970, by this machine */
export function clockFinding(headers: Headers, now: number): Finding {
  const there = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(there)) return unknown('the API says no time');
  const apart = Math.round((now - there) / 1000);
  const says = `${Math.abs(apart)} s ${apart < 0 ? 'behind' : 'ahead of'} the API's`;
  return Math.abs(apart) <= MOST_SECONDS_APART
    ? well(says)
    : look(says, 'set this clock: imports dated ahead are refused');
}

function queueDepths(options: CommonOptions, outputs: Outputs, { env }: Context) {
  return async (output: string): Promise<Depth | undefined> => {
    const url = outputs[output];
    if (url === undefined) return undefined;
    const region = options.region ?? outputs['Region'] ?? regionIn(url) ?? env['AWS_REGION'];
    const { depthOf, openSqs } = await import('../sqs.ts');
    const sqs = openSqs(region, outputs['SqsEndpoint']);
    try {
      return await depthOf(sqs, url);
    } finally {
      sqs.destroy();
    }
  };
}

/** SQS has no API for this quota (developer guide, "Message quotas"). */
const MOST_IN_FLIGHT = 120_000;

export function waitingFinding({ waiting, inFlight }: Depth): Finding {
  const says = `${waiting}, and ${inFlight} running`;
  if (inFlight < 0.8 * MOST_IN_FLIGHT) return well(says);
  return look(`${says} of ${MOST_IN_FLIGHT} that SQS allows`, 'raise worker.maxConcurrency, or send more slowly');
}

async function failures(asked: Promise<Depth | undefined>): Promise<Finding> {
  const depth = await asked;
  if (!depth) return UNKNOWN;
  const count = depth.waiting + depth.inFlight;
  return count === 0 ? well('none') : look(String(count), 'owner-profiles failures list');
}

/** On AWS a table that keeps data is guarded against deletion, from the second deployment on (docs/how-to/operating.md). */
async function tableFinding(options: CommonOptions, outputs: Outputs, { env }: Context): Promise<Finding> {
  const name = outputs['TableName'];
  if (name === undefined) return UNKNOWN;
  const endpoint = outputs['DynamoDbEndpoint'];
  const region = options.region ?? outputs['Region'] ?? env['AWS_REGION'];
  const { DescribeTableCommand, DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const dynamo = new DynamoDBClient(clientOptions(region, endpoint));
  try {
    const { Table: found } = await answered(TABLE, dynamo.send(new DescribeTableCommand({ TableName: name })));
    const status = found?.TableStatus ?? 'unknown';
    if (status !== 'ACTIVE') return look(status, 'wait until it is active');
    if (endpoint !== undefined || found?.DeletionProtectionEnabled) return well('active');
    return unknown('active, not guarded: after a first deployment, deploy once more without `first`');
  } finally {
    dynamo.destroy();
  }
}

function tableOf(examined: readonly Examined[]): string {
  const table = new Table({ style: { head: [], border: [] }, wordWrap: true });
  for (const { what, verdict, says, todo } of examined) {
    table.push([
      styled(COLOURS[verdict], MARKS[verdict]),
      what,
      todo === undefined ? safe(says) : `${safe(says)}\n→ ${safe(todo)}`,
    ]);
  }
  return table.toString();
}
