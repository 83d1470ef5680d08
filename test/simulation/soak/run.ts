/**
 * `npm run soak`: publishes imports with repetitions and disorder to the local service, kills it again and again, and counts what
 * is lost, doubled or wrong. `npm run soak -- --imports 2000 --owners 200 --kills 5 --seed 7`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callAws } from '../../../local/aws-json.ts';
import { depth } from '../../../local/samples.ts';
import { numbersFrom } from '../options.ts';
import { drawFrom } from '../random.ts';
import { check } from './check.ts';
import { makePlan, type Planned } from './plan.ts';
import { type Life, type Outputs, startLife } from './service.ts';

const SENT_AT_ONCE = 10;
/** A life lasts up to this long once it is ready, before it is killed. */
const LONGEST_LIFE_MS = 4000;
const DRAINED_WITHIN_MS = 20 * 60_000;

const options = numbersFrom(process.argv.slice(2), {
  imports: 20_000,
  owners: 2000,
  kills: 50,
  seed: Math.floor(Date.now() / 1000),
});
const begun = performance.now();
const print = (line: string) => process.stdout.write(`${((performance.now() - begun) / 1000).toFixed(0)} s  ${line}\n`);
const directory = mkdtempSync(join(tmpdir(), 'owner-profiles-soak-'));
print(`seed ${options.seed}: ${options.imports} imports of ${options.owners} owners, ${options.kills} kills`);
let life: Life | undefined;
try {
  life = await startLife(directory);
  const plan = makePlan({ ...options, clientId: life.outputs.ClientId, now: Date.now() });
  const draw = drawFrom(options.seed + 1);
  const left = [...plan.deliveries];
  const share = Math.ceil(left.length / (options.kills + 1));
  let unsure = 0;
  let busyKills = 0;
  for (let kill = 0; kill < options.kills; kill++) {
    const sending = send(left, share, life.outputs);
    await sleep(draw(LONGEST_LIFE_MS));
    const waiting = await depth(life.outputs.SqsEndpoint, life.outputs.ImportQueueUrl).catch(() => 0);
    if (waiting > 0) busyKills++;
    await life.kill();
    unsure += await sending;
    print(`kill ${kill + 1}: ${waiting} imports in the queue, ${left.length} to be sent`);
    life = await startLife(directory);
  }
  while (left.length > 0) unsure += await send(left, share, life.outputs);
  print(`all sent: ${plan.deliveries.length} deliveries, ${unsure} batches sent again for want of an answer`);
  const { SqsEndpoint, ImportQueueUrl, ParkedQueueUrl, DeadLetterQueueUrl } = life.outputs;
  for (const deadline = performance.now() + DRAINED_WITHIN_MS; ; await sleep(2000)) {
    const waiting = await depth(SqsEndpoint, ImportQueueUrl);
    if (waiting === 0) break;
    print(`${waiting} imports in the queue`);
    if (performance.now() > deadline) throw new Error('the queue does not drain');
  }
  const parked = await depth(SqsEndpoint, ParkedQueueUrl);
  const dead = await depth(SqsEndpoint, DeadLetterQueueUrl);
  const drainedAfter = performance.now() - begun;
  const found = await check(plan.imports, life.outputs, print);
  print(
    JSON.stringify({ ...options, busyKills, unsure, parked, dead, seconds: Math.round(drainedAfter / 1000), ...found }),
  );
  const { lost, doubled, wrongStatements, wrongAnswers } = found;
  if (lost + doubled + wrongStatements + wrongAnswers + parked + dead > 0) process.exitCode = 1;
} finally {
  await life?.kill();
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
}

/** Sends the next deliveries; a batch without an answer stays, because nobody knows whether it arrived. Returns how many. */
async function send(left: Planned[], most: number, { SqsEndpoint, ImportQueueUrl }: Outputs): Promise<number> {
  for (let sent = 0; sent < most && left.length > 0; sent += SENT_AT_ONCE) {
    const batch = left.slice(-SENT_AT_ONCE);
    const Entries = batch.map(({ body }, index) => ({ Id: `m${index}`, MessageBody: body }));
    try {
      const { Failed = [] } = await callAws<{ Failed?: unknown[] }>({
        endpoint: SqsEndpoint,
        target: 'AmazonSQS.SendMessageBatch',
        input: { QueueUrl: ImportQueueUrl, Entries },
      });
      if (Failed.length === 0) left.length -= batch.length;
    } catch {
      return 1;
    }
  }
  return 0;
}
