import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolNamed } from '../optional-tools.ts';
import { type RunningFunction, startFunction } from '../runtime/function.ts';
import type { Step } from '../step.ts';
import { deployedOf, type World } from '../world.ts';

const OWNER = 'by-runtime';
const NAMES = ['authorizer', 'import-worker', 'owner-profiles'] as const;

type Functions = Record<(typeof NAMES)[number], RunningFunction>;
type Verdict = {
  readonly policyDocument: { readonly Statement: readonly { Effect: string }[] };
  readonly context: object;
};

/** The zips of three functions: an import is joined, its client recognized by the key, and the owner looked up. */
export const runtime: Step = {
  name: 'runtime',
  needs: ['whole-path'],
  async run(world) {
    const ric = toolNamed(world.root, 'aws-lambda-ric');
    const opened: RunningFunction[] = [];
    const open = async (name: string) => {
      const fn = await startFunction(world, ric, name);
      opened.push(fn);
      return fn;
    };
    try {
      const functions: Functions = {
        authorizer: await open('authorizer'),
        'import-worker': await open('import-worker'),
        'owner-profiles': await open('owner-profiles'),
      };
      await askAll(world, functions);
      return NAMES.map((name) => memoryOf(name, functions[name])).join(', ');
    } finally {
      for (const fn of opened) fn.close();
    }
  },
};

function memoryOf(name: string, fn: RunningFunction): string {
  const peak = Math.round(fn.peakMb());
  if (peak > fn.memoryMb) throw new Error(`${name} had ${peak} of its ${fn.memoryMb} MB`);
  return `${name} ${peak} of ${fn.memoryMb} MB`;
}

async function askAll(world: World, functions: Functions): Promise<void> {
  const sent = JSON.parse(readFileSync(join(world.root, 'samples/anna-pl-2.json'), 'utf8'));
  const message = { ...sent, clientId: 'rehearsal', ownerExternalId: OWNER };
  const joined = await functions['import-worker'].invoke({ Records: [recordOf(message)] });
  expectEqual('import-worker', joined, { batchItemFailures: [] });

  const request = requestOf(deployedOf(world, 'dev').key ?? '');
  const verdictOn = async (event: object) => (await functions.authorizer.invoke(event)) as Verdict;
  const { policyDocument, context } = await verdictOn(request);
  expectEqual('authorizer', effectOf(policyDocument), 'Allow');
  expectEqual('authorizer', effectOf((await verdictOn(requestOf('op_nobody'))).policyDocument), 'Deny');

  const asked = { ...request, requestContext: { ...request.requestContext, authorizer: context } };
  const answer = (await functions['owner-profiles'].invoke(asked)) as { statusCode: number; body: string };
  expectEqual('owner-profiles', [answer.statusCode, JSON.parse(answer.body).ownerExternalId], [200, OWNER]);
}

const effectOf = ({ Statement }: Verdict['policyDocument']) => Statement[0]?.Effect;

function expectEqual(what: string, real: unknown, expected: unknown): void {
  if (JSON.stringify(real) === JSON.stringify(expected)) return;
  throw new Error(`${what}: ${JSON.stringify(real)} instead of ${JSON.stringify(expected)}`);
}

/** As Lambda passes a message of a queue. */
const recordOf = (message: object) => ({
  messageId: '00000000-0000-4000-8000-000000000000',
  receiptHandle: 'receipt',
  body: JSON.stringify(message),
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()), SenderId: 'rehearsal' },
  messageAttributes: {},
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:imports',
  awsRegion: 'eu-central-1',
});

/** As API Gateway asks the authorizer; a proxied request has the same fields. */
function requestOf(apiKey: string) {
  const headers = { 'X-Api-Key': apiKey };
  const query = { ownerExternalId: OWNER };
  return {
    type: 'REQUEST',
    methodArn: 'arn:aws:execute-api:eu-central-1:000000000000:api/live/GET/v1/owner-profiles',
    resource: '/v1/owner-profiles',
    path: '/v1/owner-profiles',
    httpMethod: 'GET',
    headers,
    multiValueHeaders: { 'X-Api-Key': [apiKey] },
    queryStringParameters: query,
    multiValueQueryStringParameters: { ownerExternalId: [OWNER] },
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      identity: { sourceIp: '127.0.0.1' },
      requestId: '00000000-0000-4000-8000-000000000001',
      resourcePath: '/v1/owner-profiles',
      stage: 'live',
    },
    body: null,
    isBase64Encoded: false,
  };
}
