/**
 * `npm start`: the whole service on this machine. PORT (default 3000; 0: any), HOST and ALLOW, DATA_DIR (default .local), STAGE,
 * SETTINGS (a file, as `-c settings`), LOGIN_URL (what answers in place of Amazon Cognito, where the settings have it), LOG=1 (logs on the
 * terminal as they are) or `npm start -- --pretty` (for people).
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BASE } from '../console/build/bundle.ts';
import { writePrivately } from '../local/files.ts';
import { LOOPBACK, type Outside } from '../local/http.ts';
import { whenNpmEnds } from '../local/parent.ts';
import { openProgress } from '../local/progress.ts';
import { curlLine, profilesTable } from '../local/report.ts';
import type { SampleOwner } from '../local/samples.ts';
import { askForProfiles, depth, drained, readSamples, sendSamples } from '../local/samples.ts';
import type { Service } from '../local/service.ts';
import { startService } from '../local/service.ts';

/** A stop must end within five seconds, whatever hangs. */
const STOP_WITHIN_MS = 4500;
const SAMPLES_PATIENCE_MS = 60_000;

const print = (line: string) => process.stdout.write(`${line}\n`);
const root = fileURLToPath(new URL('..', import.meta.url));
const directory = resolve(process.env['DATA_DIR'] || '.local');
const step = openProgress(print);

let service: Service | undefined;
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));
whenNpmEnds(() => void stop(0));

async function stop(code: number): Promise<void> {
  // On a second Ctrl-C, or one before there is anything to close: acknowledged data is on disk already.
  if (stopping || !service) process.exit(code);
  stopping = true;
  setTimeout(() => process.exit(code), STOP_WITHIN_MS).unref();
  await service.stop().catch(() => {});
  process.exit(code);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`PORT is "${text}": it must be 0 to 65535`);
  return port;
}

/** Outside this machine the API answers only the networks named here: its keys are in a file, and are sent unencrypted. */
function readOutside({ HOST, ALLOW }: NodeJS.ProcessEnv): Outside | undefined {
  if (!HOST || HOST === LOOPBACK || HOST === 'localhost') return undefined;
  const allow = (ALLOW ?? '').split(',').flatMap((each) => each.trim() || []);
  if (allow.length > 0) return { host: HOST, allow };
  throw new Error(`HOST is "${HOST}": name the networks that may ask, as in ALLOW=192.168.0.0/16,10.0.0.0/8`);
}

/** Once per store: a marker records that they are done. Sending them twice would change nothing, because imports are facts about days. */
async function sendAndShow({ outputs, clients }: Service, samples: readonly SampleOwner[]): Promise<void> {
  const marker = join(directory, 'samples.json');
  const client = clients[0];
  const { SqsEndpoint: endpoint, ImportQueueUrl: queueUrl, ParkedQueueUrl: parkedUrl } = outputs;
  if (samples.length === 0 || existsSync(marker) || !client || !endpoint || !queueUrl) return;
  await step('sample owners', async (done) => {
    const sent = await sendSamples(samples, {
      directory: join(root, 'samples'),
      endpoint,
      queueUrl,
      clientId: client.ClientId,
    });
    const left = await drained(endpoint, queueUrl, SAMPLES_PATIENCE_MS);
    const parked = parkedUrl ? await depth(endpoint, parkedUrl) : 0;
    done(
      `${sent} imports${parked > 0 ? `, ${parked} parked` : ''}${left > 0 ? `, ${left} still to be processed` : ''}`,
    );
    if (left === 0) writePrivately(marker, `${JSON.stringify({ sent, at: new Date().toISOString() })}\n`);
  });
  print(profilesTable(await askForProfiles(samples, outputs.ApiUrl, client.ApiKey)));
}

try {
  const port = readPort(process.env['PORT'] || '3000');
  const started = await startService({
    root,
    directory,
    port,
    outside: readOutside(process.env),
    stage: process.env['STAGE'] || 'dev',
    ...(process.env['SETTINGS'] && { settings: resolve(process.env['SETTINGS']) }),
    ...(process.env['LOGIN_URL'] && { login: process.env['LOGIN_URL'] }),
    echo: process.argv.includes('--pretty') ? 'pretty' : process.env['LOG'] === '1' ? 'raw' : undefined,
    step,
    note: (text) => print(`  note: ${text}`),
  });
  service = started;
  void started.failed.then((how) => {
    process.stderr.write(`${how}; the service stops\n`);
    return stop(1);
  });
  const samples = readSamples(join(root, 'samples'));
  await sendAndShow(started, samples);
  const { ApiUrl, ApiKey = '', OperatorKey = '' } = started.outputs;
  print(`  outputs   ${join(directory, 'outputs.json')}`);
  print(`  logs      ${join(directory, 'logs')}`);
  print(`  console   ${ApiUrl}${BASE} (sign in with ${ApiKey})`);
  print(`  operator  ${OperatorKey} (sign in to the console with it to see failures)`);
  print(`  try       ${curlLine(ApiUrl, ApiKey, samples[0]?.ownerExternalId ?? 'anna')}`);
  print(`ready ${ApiUrl} (Ctrl-C stops it)`);
} catch (error) {
  if (stopping) process.exit(0);
  const { code } = error as NodeJS.ErrnoException;
  const taken = `port ${process.env['PORT'] || '3000'} of ${process.env['HOST'] || LOOPBACK} is taken: stop what listens there, or set PORT (0 for any free one)`;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${code === 'EADDRINUSE' ? taken : message}\n`);
  process.exit(1);
}
