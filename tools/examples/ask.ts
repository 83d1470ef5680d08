/** Makes the requests of the examples against a running service, one after the other, and gives their answers. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callAws } from '../../local/aws-json.ts';
import { closeServer, listen } from '../../local/http.ts';
import { ROOT } from '../drawing/imports.ts';
import type { Outputs } from '../service/at-service.ts';
import { STEPS, type Step } from './steps.ts';

export type Answered = {
  readonly step: Step;
  /** What was asked for and by which key, with the names filled in. */
  readonly path: string;
  readonly key: string | null;
  readonly status: number;
  readonly body: unknown;
};

/** What steps name: texts of earlier answers, and where webhooks are received. */
type Scene = Map<string, string>;

const PATIENCE_MS = 60_000;

/** @param then after each answer, while what it is about is still there */
export async function answersOf(
  service: Outputs,
  then: (answered: Answered) => Promise<void> = async () => {},
): Promise<{ receiver: string; answers: readonly Answered[] }> {
  const server = createServer((request, response) => request.resume().on('end', () => response.writeHead(204).end()));
  const receiver = `http://127.0.0.1:${await listen(server, 0)}/owner-profiles`;
  const statement = readFileSync(join(ROOT, 'samples/statement.sta'), 'utf8');
  const scene: Scene = new Map(Object.entries({ receiver, statement, operator: service.OperatorKey }));
  try {
    await sendRefused(service);
    const answers: Answered[] = [];
    for (const step of STEPS) {
      const answered = await answerTo(service, step, scene);
      answers.push(answered);
      await then(answered);
    }
    return { receiver, answers };
  } finally {
    await closeServer(server, 1_000);
  }
}

/** An import with a fault, over the queue: those sent over HTTP are refused at once, and not listed. */
async function sendRefused({ ClientId: clientId, SqsEndpoint: endpoint, ImportQueueUrl: QueueUrl }: Outputs) {
  const account = { iban: 'PL61109010140000071219812874', currencyName: 'zl', transactions: [] };
  const message = {
    ...{ type: 'owner-import', version: 1, clientId, importId: 'feed-2026-11-21', ownerExternalId: 'loan-4712' },
    ...{ source: 'AIS', importedAt: '2026-11-21T06:00:00Z', accounts: [account] },
  };
  const input = { QueueUrl, MessageBody: JSON.stringify(message) };
  await callAws({ endpoint, target: 'AmazonSQS.SendMessage', input });
}

async function answerTo(service: Outputs, step: Step, scene: Scene): Promise<Answered> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const path = `/v1/${filled(step.path, scene)}`;
    const key = step.key === null ? null : filled(step.key ?? service.ApiKey, scene);
    const { status, body, etag } = await ask(`${service.ApiUrl}${path}`, key, step, scene);
    const what = `${step.method ?? 'GET'} ${path}`;
    if (status !== step.status) throw new Error(`${what}: ${status}, not ${step.status}: ${JSON.stringify(body)}`);
    if (!step.until || valueAt(body, step.until[0]) === step.until[1]) {
      for (const [name, place] of Object.entries(step.keep ?? {})) {
        scene.set(name, place === 'ETag' ? etag : String(valueAt(body, place)));
      }
      return { step, path, key, status, body };
    }
    if (Date.now() > until) throw new Error(`${what}: ${step.until.join(' is not ')}: ${JSON.stringify(body)}`);
    await sleep(50);
  }
}

async function ask(url: string, key: string | null, { method, body, headers }: Step, scene: Scene) {
  const text = typeof body === 'object' ? JSON.stringify(body) : body;
  const response = await fetch(url, {
    method: method ?? 'GET',
    headers: {
      ...(text !== undefined && { 'Content-Type': 'application/json' }),
      ...(key !== null && { 'X-Api-Key': key }),
      ...Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, filled(value, scene)])),
    },
    ...(text !== undefined && { body: filled(text, scene) }),
  });
  const answer = await response.text();
  return {
    status: response.status,
    body: answer === '' ? undefined : JSON.parse(answer),
    etag: response.headers.get('ETag') ?? '',
  };
}

const filled = (text: string, scene: Scene) => text.replace(/\{(\w+)\}/g, (whole, name) => scene.get(name) ?? whole);

/** `deliveries.0.status` */
function valueAt(body: unknown, place: string): unknown {
  return place.split('.').reduce((value, name) => (value as Record<string, unknown> | undefined)?.[name], body);
}
