/**
 * `npm run soak:changes`: how long it takes from an import that was joined to its change in the feed and at a webhook, under a steady load on
 * one machine. `npm run soak:changes -- --rate 4 --seconds 200 --owners 300 --lookups 4`. Fails above 5 s at the 99th percentile.
 *
 * Every import changes the list of its owner. A change says when its answer was written (`at`); the time is measured from then on.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callAws } from '../../../local/aws-json.ts';
import { day, message, petAccount, row } from '../../e2e/support/messages.ts';
import { numbersFrom } from '../options.ts';
import { type Outputs, startLife } from './service.ts';

const MOST_P99_MS = 5000;
/** Adds at most this much to the measured time of the feed. */
const POLL_EVERY_MS = 500;
const PATIENCE_MS = 60_000;

type Change = { readonly id: string; readonly at: string };
/** Milliseconds from the answer to here, by the id of the change. */
type Delays = Map<string, number>;

const options = numbersFrom(process.argv.slice(2), { rate: 4, seconds: 200, owners: 300, lookups: 4 });
const print = (line: string) => process.stdout.write(`${line}\n`);
const directory = mkdtempSync(join(tmpdir(), 'owner-profiles-soak-'));
const life = await startLife(directory);
const inFeed: Delays = new Map();
const atWebhook: Delays = new Map();
const stop = new AbortController();
try {
  const { outputs } = life;
  const endpoint = await receive(outputs);
  // Changes of the sample owners are older.
  const { cursor } = await readFeed(outputs, undefined);
  const following = Promise.all([follow(outputs, cursor), askForOwners(outputs)]);
  const sent = await publish(outputs);
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until && Math.min(inFeed.size, atWebhook.size) < sent; )
    await sleep(200);
  stop.abort();
  await following;
  endpoint.closeAllConnections();
  endpoint.close();
  const { model } = cpus()[0] ?? { model: '' };
  print(
    `${cpus().length} × ${model}, Node ${process.version}, load ${loadavg().map((load) => load.toFixed(1))}, ${JSON.stringify(options)}, ${sent} imports`,
  );
  const worst = [report('in the feed', inFeed, sent), report('at the webhook', atWebhook, sent)];
  if (worst.some((p99) => !(p99 <= MOST_P99_MS))) process.exitCode = 1;
} finally {
  await life.kill();
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
}

/** At a fixed rate, whatever the fate of earlier ones; the first round makes the owners known. Returns how many. */
async function publish({ SqsEndpoint, ImportQueueUrl }: Outputs): Promise<number> {
  const begun = Date.now();
  const many = options.rate * options.seconds;
  for (let number = 0; number < many; number++) {
    await sleep(Math.max(0, begun + (number * 1000) / options.rate - Date.now()));
    const owner = number % options.owners;
    const isFed = Math.floor(number / options.owners) % 2 === 0;
    const account = petAccount(owner, isFed ? {} : { transactions: [row(day(-3))] });
    const importedAt = new Date(begun - 3_600_000 + number * 1000).toISOString();
    const body = message(`soak-${owner}`, [account], { importedAt });
    const input = { QueueUrl: ImportQueueUrl, MessageBody: JSON.stringify(body) };
    await callAws({ endpoint: SqsEndpoint, target: 'AmazonSQS.SendMessage', input });
  }
  return many;
}

async function receive({ ApiUrl, ApiKey }: Outputs) {
  const endpoint = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.writeHead(204).end();
    note(atWebhook, (JSON.parse(body) as { data: Change }).data);
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/`;
  const headers = { 'X-Api-Key': ApiKey, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ url, events: ['owner-profiles.changed'] });
  const made = await fetch(`${ApiUrl}/v1/webhooks`, { method: 'POST', headers, body });
  if (made.status !== 201) throw new Error(await made.text());
  return endpoint;
}

async function readFeed({ ApiUrl, ApiKey }: Outputs, cursor: string | undefined) {
  const after = cursor === undefined ? '' : `&after=${cursor}`;
  const answer = await fetch(`${ApiUrl}/v1/changes?limit=1000${after}`, { headers: { 'X-Api-Key': ApiKey } });
  return (await answer.json()) as { changes?: Change[]; cursor?: string };
}

async function follow(outputs: Outputs, begin: string | undefined): Promise<void> {
  let cursor = begin;
  while (!stop.signal.aborted) {
    const page = await readFeed(outputs, cursor);
    for (const change of page.changes ?? []) note(inFeed, change);
    cursor = page.cursor ?? cursor;
    await sleep(POLL_EVERY_MS);
  }
}

/** The look-ups meanwhile. */
async function askForOwners({ ApiUrl, ApiKey }: Outputs): Promise<void> {
  for (let number = 0; !stop.signal.aborted; number++) {
    const id = `soak-${number % options.owners}`;
    const asked = fetch(`${ApiUrl}/v1/owner-profiles?ownerExternalId=${id}`, { headers: { 'X-Api-Key': ApiKey } });
    await Promise.all([asked.then((answer) => answer.arrayBuffer()), sleep(1000 / options.lookups)]);
  }
}

function note(delays: Delays, { id, at }: Change): void {
  if (!delays.has(id)) delays.set(id, Date.now() - Date.parse(at));
}

/** The 99th percentile; NaN where some are missing. */
function report(where: string, delays: Delays, expected: number): number {
  const sorted = [...delays.values()].sort((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  const shown = [0.5, 0.9, 0.99, 1].map((share) => `${share === 1 ? 'max' : `p${share * 100}`} ${quantile(share)} ms`);
  print(`${where}: ${sorted.length} of ${expected} changes, ${shown.join(', ')}`);
  return sorted.length < expected ? Number.NaN : quantile(0.99);
}
