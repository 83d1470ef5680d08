/** What an operator wants to see at a glance: how much waits, since when, what failed, and how many workers there may be. */
import { exchange } from '../api.ts';
import { clientOptions } from '../aws.ts';
import { apiConnection, type Outputs, regionIn } from '../connection.ts';
import type { Context } from '../context.ts';
import { messageOf, usage } from '../errors.ts';
import type { CommonOptions } from '../options.ts';
import type { Depth } from '../sqs.ts';

export type Status = {
  readonly stage: string | null;
  /** `oldestSeconds`: how long the oldest message has been in the queue; null: none is, or nobody says. */
  readonly imports: Depth & { readonly oldestSeconds: number | null };
  /** Messages, also those that somebody looks at; null: the outputs name no such queue. */
  readonly parked: number | null;
  readonly dead: number | null;
  /** Import workers at a time, at most. */
  readonly workers: number | null;
  /** The newest of the client whose key is given; without a key: why there are none. */
  readonly refusals: readonly Refusal[] | string;
};
export type Refusal = {
  readonly importId: string;
  readonly at: string;
  readonly reason: string;
  readonly detail: string;
};

const SHOWN = 5;

/** @throws {CliError} when there is no import queue, or it does not answer */
export async function statusOf(options: CommonOptions, outputs: Outputs, context: Context): Promise<Status> {
  const { ImportQueueUrl: importUrl, ParkedQueueUrl, DeadLetterQueueUrl, SqsEndpoint: endpoint } = outputs;
  if (importUrl === undefined) throw usage('the outputs name no ImportQueueUrl', 'give --outputs of a stack');
  const region = options.region ?? outputs['Region'] ?? regionIn(importUrl) ?? context.env['AWS_REGION'];
  const { depthOf, openSqs } = await import('../sqs.ts');
  const sqs = openSqs(region, endpoint);
  const all = async (url: string | undefined) => {
    if (url === undefined) return null;
    const { waiting, inFlight } = await depthOf(sqs, url);
    return waiting + inFlight;
  };
  try {
    const [imports, oldestSeconds, parked, dead, refusals] = await Promise.all([
      depthOf(sqs, importUrl),
      endpoint === undefined ? oldestOnAws(region, importUrl, context.clock()) : oldestHere(endpoint, importUrl),
      all(ParkedQueueUrl),
      all(DeadLetterQueueUrl),
      refusalsOf(options, context),
    ]);
    const { StageName: stage = null, ImportWorkers: workers = null } = outputs;
    return {
      stage,
      imports: { ...imports, oldestSeconds: imports.waiting + imports.inFlight > 0 ? oldestSeconds : null },
      parked,
      dead,
      workers: workers === null ? null : Number(workers),
      refusals,
    };
  } finally {
    sqs.destroy();
  }
}

async function refusalsOf(options: CommonOptions, { env }: Context): Promise<Status['refusals']> {
  try {
    const call = { method: 'GET', path: 'imports', query: { status: 'refused', limit: String(SHOWN) } } as const;
    const { body } = await exchange(apiConnection(options, env), call);
    return (body as { imports: readonly Refusal[] }).imports.map(({ importId, at, reason, detail }) => {
      return { importId, at, reason, detail };
    });
  } catch (error) {
    return messageOf(error);
  }
}

/** Asked of the local queue server alone: SQS has no such attribute. */
async function oldestHere(endpoint: string, QueueUrl: string): Promise<number | null> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.GetQueueAttributes' },
    body: JSON.stringify({ QueueUrl, AttributeNames: ['ApproximateAgeOfOldestMessage'] }),
  });
  const { Attributes = {} } = (await response.json()) as { Attributes?: Record<string, string> };
  const age = Number(Attributes['ApproximateAgeOfOldestMessage'] ?? Number.NaN);
  return Number.isNaN(age) ? null : age;
}

const MINUTE_MS = 60_000;

/** The metric of the queue, which lags by a minute or two; null where these credentials may not read it. */
async function oldestOnAws(region: string | undefined, url: string, now: number): Promise<number | null> {
  const { CloudWatchClient, GetMetricStatisticsCommand } = await import('@aws-sdk/client-cloudwatch');
  const cloudWatch = new CloudWatchClient(clientOptions(region, undefined));
  try {
    const { Datapoints = [] } = await cloudWatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateAgeOfOldestMessage',
        Dimensions: [{ Name: 'QueueName', Value: url.slice(url.lastIndexOf('/') + 1) }],
        StartTime: new Date(now - 10 * MINUTE_MS),
        EndTime: new Date(now),
        Period: 60,
        Statistics: ['Maximum'],
      }),
    );
    const newest = Datapoints.sort((a, b) => Number(b.Timestamp) - Number(a.Timestamp))[0];
    return newest?.Maximum ?? null;
  } catch {
    return null;
  } finally {
    cloudWatch.destroy();
  }
}
