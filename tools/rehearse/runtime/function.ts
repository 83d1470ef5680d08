/** A deployed function as Lambda runs it: its own zip under the runtime interface client, with its memory and its time. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { end, start, succeed } from '../commands.ts';
import { cloudOf, deployedOf, type World } from '../world.ts';
import { openRuntimeApi } from './runtime-api.ts';

export type RunningFunction = {
  readonly memoryMb: number;
  invoke(event: object): Promise<unknown>;
  /** Most memory that the process had at any time. Linux alone says it: 0 elsewhere. */
  peakMb(): number;
  close(): void;
};

type Configuration = {
  readonly FunctionName: string;
  readonly Handler: string;
  readonly MemorySize: number;
  readonly Timeout: number;
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
};

/** The heap has nine tenths of the memory, as on Lambda. */
const SHARE_OF_HEAP = 0.9;

/** @param ric path of aws-lambda-ric. @param name as in POWERTOOLS_SERVICE_NAME, e.g. `import-worker` */
export async function startFunction(world: World, ric: string, name: string): Promise<RunningFunction> {
  const { configuration, code } = await deployedFunction(world, name);
  const { FunctionName, Handler, MemorySize, Timeout, Environment } = configuration;
  const runtime = await openRuntimeApi();
  const preload = join(import.meta.dirname, 'preload.mjs');
  const heap = `--max-old-space-size=${Math.floor(MemorySize * SHARE_OF_HEAP)}`;
  const child = start(process.execPath, [heap, '--import', preload, ric, Handler], {
    cwd: code,
    env: {
      ...Environment.Variables,
      ...cloudOf(world).env,
      AWS_LAMBDA_RUNTIME_API: runtime.address,
      AWS_LAMBDA_FUNCTION_NAME: FunctionName,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_LOG_GROUP_NAME: 'rehearsal',
      AWS_LAMBDA_LOG_STREAM_NAME: name,
      LAMBDA_TASK_ROOT: code,
      _HANDLER: Handler,
    },
  });
  let said = '';
  child.stdout?.on('data', (part) => {
    said += part;
  });
  child.stderr?.on('data', (part) => {
    said += part;
  });
  const ended = new Promise<never>((_, reject) =>
    child.once('exit', (how) => reject(new Error(`${name} ended with ${how}\n${said.slice(-2000)}`))),
  );
  ended.catch(() => {});
  return {
    memoryMb: MemorySize,
    invoke: (event) => Promise.race([runtime.invoke(event, Timeout), ended]),
    peakMb: () => peakMb(child.pid ?? 0),
    close: () => {
      end(child, 'SIGKILL');
      runtime.close();
    },
  };
}

/** Its zip, unpacked, as it was uploaded by the deployment. */
async function deployedFunction(world: World, name: string): Promise<{ configuration: Configuration; code: string }> {
  const { ask } = cloudOf(world);
  const { stackName } = deployedOf(world, 'dev');
  const { Functions }: { Functions: readonly Configuration[] } = JSON.parse(
    await ask('lambda', { path: '/2015-03-31/functions/?MaxItems=1000' }),
  );
  const configuration = Functions.find(
    ({ FunctionName, Environment }) =>
      FunctionName.startsWith(`${stackName}-`) && Environment?.Variables['POWERTOOLS_SERVICE_NAME'] === name,
  );
  if (!configuration) throw new Error(`${stackName} has no function ${name}`);
  const { Code } = JSON.parse(await ask('lambda', { path: `/2015-03-31/functions/${configuration.FunctionName}` }));
  // It writes http, where it serves TLS alone.
  const zip = await fetch(Code.Location.replace(/^http:/, 'https:'));
  if (!zip.ok) throw new Error(`${Code.Location}: ${zip.status}`);
  const code = join(world.folder, 'zips', name);
  mkdirSync(code, { recursive: true });
  writeFileSync(`${code}.zip`, Buffer.from(await zip.arrayBuffer()));
  await succeed('python3', ['-m', 'zipfile', '-e', `${code}.zip`, code]);
  return { configuration, code };
}

function peakMb(pid: number): number {
  try {
    const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kib ?? 0) / 1024;
  } catch {
    return 0;
  }
}
