/** The run: each case follows from its number alone, so that it can be repeated. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { startGateway } from '../../local/gateway/server.ts';
import { type Answer, type Ask, askInProcess, askOverHttp } from './ask.ts';
import type { SentMessage } from './aws.ts';
import { faultsOf, faultsOfLog, faultsOfParked } from './check.ts';
import { BUCKET, type Functions, openFunctions, readStack } from './functions.ts';
import { MESSAGE, type MessageCase, type OBJECTS } from './import-cases.ts';
import { captureOutput } from './output.ts';
import { type RequestCase, requestsTo } from './request-cases.ts';
import { FOREIGN, FOREIGN_MARK, LASTING } from './values.ts';

export type FuzzOptions = {
  readonly seed: number;
  readonly cases: number;
  readonly only?: number;
  readonly http?: boolean;
  readonly mostFindings?: number;
  readonly quiet?: boolean;
};
export type Finding = {
  readonly replay: string;
  readonly of: string;
  readonly faults: readonly string[];
  readonly shown?: unknown;
};

/** Longer than any of them should take on a busy machine. */
const SLOWEST_MS = 20_000;
/** Of ten cases; the others are messages. */
const REQUESTS_OF_TEN = 7;

export async function fuzz({ seed, cases, only, http = false, mostFindings = 20, quiet = false }: FuzzOptions) {
  const { api, folderOf } = await readStack();
  const functions = await openFunctions();
  const output = captureOutput();
  const tell = quiet ? () => {} : output.tell;
  const gateway = http
    ? await startGateway({
        api,
        region: 'eu-central-1',
        account: '000000000000',
        port: 0,
        invoke: functions.invoke(folderOf),
      })
    : undefined;
  const ask: Ask = gateway ? askOverHttp(gateway.url) : askInProcess(api, functions, folderOf);
  const requests = requestsTo(functions.keys);
  const findings: Finding[] = [];
  const outcomes = new Map<string, number>();
  const count = (name: string) => outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
  let slowestMs = 0;
  const begun = performance.now();

  const runCase = async (index: number): Promise<void> => {
    const sample = <Value>(arbitrary: fc.Arbitrary<Value>): Value =>
      fc.sample(arbitrary, { seed: (seed * 1_000_003 + index) | 0, numRuns: 1 })[0]!;
    const from = performance.now();
    let of: string;
    let faults: readonly string[];
    let shown: unknown;
    const place = index % 10;
    if (place >= REQUESTS_OF_TEN) {
      const message = sample(MESSAGE);
      const { outcome, faults: found } = await sendMessage(functions, message, index);
      [of, faults, shown] = [`message: ${outcome}`, found, message];
    } else {
      // Requests have their own numbers: by those of all cases some routes would only ever get the turn of a message.
      const number = Math.floor(index / 10) * REQUESTS_OF_TEN + place;
      const [name, arbitrary] = requests[number % requests.length] as (typeof requests)[number];
      const request = sample(arbitrary);
      const answer = await inTime(ask(request));
      [of, shown] = [
        `${name}: ${answer?.status ?? 'no answer'}`,
        { request, body: request.body.toString('base64'), answer },
      ];
      faults = answer ? await faultsOfRequest(functions, request, answer, index) : ['no answer in time'];
    }
    const log = output.take();
    const owner = (shown as { request?: RequestCase }).request?.owner;
    faults = [...faults, ...faultsOfLog(log, owner)];
    slowestMs = Math.max(slowestMs, performance.now() - from);
    count(of);
    if (only !== undefined || faults.length > 0) {
      findings.push({ replay: `${seed}:${index}`, of, faults, ...(only !== undefined && { shown }) });
    }
    if (faults.length > 0) tell(`${seed}:${index} ${of}: ${faults.join('; ')}`);
  };

  try {
    await prepare(functions);
    output.take();
    if (only !== undefined) await runCase(only);
    else {
      for (let index = 0; index < cases && findings.length < mostFindings; index++) {
        await runCase(index);
        if ((index + 1) % 5_000 === 0) tell(`${index + 1} cases, ${Math.round((performance.now() - begun) / 1000)} s`);
      }
    }
  } finally {
    output.release();
    await gateway?.close();
    await functions.close();
  }
  const run = [...outcomes.values()].reduce((sum, each) => sum + each, 0);
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  return {
    seed,
    cases: run,
    seconds,
    slowestMs: Math.round(slowestMs),
    outcomes: Object.fromEntries([...outcomes].sort()),
    findings,
  };
}

async function faultsOfRequest(
  functions: Functions,
  request: RequestCase,
  answer: Answer,
  index: number,
): Promise<string[]> {
  const faults = faultsOf(request, answer);
  // An accepted import must be joined: there is nobody left to report a failure to.
  for (const { MessageBody } of functions.aws.sent.splice(0).filter(isImport)) {
    const { outcome, faults: found } = await sendMessage(functions, { body: MessageBody, good: true }, index);
    if (outcome !== 'joined') faults.push(`an accepted upload is ${outcome}`);
    faults.push(...found);
  }
  return faults;
}

/** Not a look at an owner's changes, nor a delivery. */
const isImport = ({ QueueUrl }: SentMessage) => /\/(imports|parked)$/.test(QueueUrl);

async function sendMessage(functions: Functions, { body, good }: MessageCase, index: number) {
  const { call, aws } = functions;
  const record = {
    messageId: `m${index}`,
    body,
    attributes: { ApproximateReceiveCount: '1', SenderId: 'AROAFUZZ:x', SentTimestamp: String(Date.now()) },
  };
  const said = (await inTime(call('import-worker', { Records: [record] }))) as
    | { batchItemFailures: unknown[] }
    | undefined;
  const parked = aws.sent.splice(0).filter(isImport);
  const attributes = parked[0]?.MessageAttributes;
  const reason = attributes?.['reason']?.StringValue;
  const faults: string[] = [];
  if (!said) faults.push('no answer in time');
  else if (said.batchItemFailures.length > 0) faults.push('is retried, as if it might pass');
  if (parked.length > 1) faults.push('parked more than once');
  if (parked[0]) faults.push(...faultsOfParked(reason, attributes?.['detail']?.StringValue));
  // SQS refuses a lone surrogate long before: a message arrives as it was sent.
  if (parked[0] && parked[0].MessageBody !== body && body.isWellFormed()) faults.push('parked with another body');
  if (good && parked[0]) faults.push(`a good message is parked: ${attributes?.['detail']?.StringValue}`);
  return { outcome: parked[0] ? String(reason) : 'joined', faults };
}

async function inTime<Value>(work: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), SLOWEST_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Owners that have something to answer, and one of another client that has not to. */
async function prepare(functions: Functions): Promise<void> {
  const row = (bookedOn: string, title: string) => ({ bookedOn, currencyAmount: '-49.99', title });
  const account = (title: string) => ({
    iban: 'PL61109010140000071219812874',
    currencyName: 'PLN',
    covers: { from: '2026-01-01', to: '2026-11-20' },
    transactions: Array.from({ length: 10 }, (_, month) => row(`2026-${String(month + 1).padStart(2, '0')}-10`, title)),
  });
  const objects: Record<(typeof OBJECTS)[number], Buffer> = {
    'imports/demo/good.json': Buffer.from(JSON.stringify([account('ZOOPLUS')])),
    'imports/good.json.gz': gzipSync(JSON.stringify([account('LIDL')])),
    'imports/half.json.gz': gzipSync(JSON.stringify([account('LIDL')])).subarray(0, 40),
    'imports/text': Buffer.from('hello'),
    'imports/other/theirs.json': Buffer.from(JSON.stringify([account(FOREIGN_MARK)])),
  };
  for (const [key, bytes] of Object.entries(objects)) functions.aws.objects.set(`/${BUCKET}/${key}`, bytes);
  const owners = [
    ...LASTING.map((owner) => ['demo', owner, 'ZOOPLUS.PL'] as const),
    ['other', FOREIGN, FOREIGN_MARK] as const,
  ];
  for (const [clientId, ownerExternalId, title] of owners) {
    const head = { type: 'owner-import', version: 1, clientId, importId: 'first', ownerExternalId, source: 'AIS' };
    const body = JSON.stringify({ ...head, importedAt: '2026-11-20T12:00:00Z', accounts: [account(title)] });
    const { outcome, faults } = await sendMessage(functions, { body, good: true }, 0);
    if (outcome !== 'joined' || faults.length > 0)
      throw new Error(`cannot prepare ${ownerExternalId}: ${outcome} ${faults.join()}`);
  }
}
