/**
 * One execution environment of a function: a process that loads the bundle once and handles one event at a time, as Lambda's Node
 * runtime does. Only the parent talks to it.
 */
import { existsSync } from 'node:fs';
import { createRequire, flushCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FromWorker, Job } from './protocol.ts';

type Handler = (event: unknown, context: object) => unknown;

const answer = (message: FromWorker) => process.send?.(message);

// The parent decides when to stop; if it is gone, nobody waits for what runs here.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit(0));

try {
  const handler = await load(process.env['LAMBDA_TASK_ROOT'] ?? '.', process.env['_HANDLER'] ?? 'index.handler');
  let isFirst = true;
  process.on('message', async (job: Job) => {
    await run(handler, job);
    // Later environments start from the code that is compiled by now. At the end of this one, SIGKILL, nothing would be written.
    if (isFirst) flushCompileCache();
    isFirst = false;
  });
  answer({ kind: 'ready' });
} catch (error) {
  process.send?.({ kind: 'failed', error: describe(error) } satisfies FromWorker, () => process.exit(1));
}

async function load(root: string, name: string): Promise<Handler> {
  const dot = name.lastIndexOf('.');
  const [file, exported] = [name.slice(0, dot), name.slice(dot + 1)];
  const path = ['.js', '.mjs', '.cjs']
    .map((ending) => resolve(join(root, file + ending)))
    .find((each) => existsSync(each));
  if (path === undefined) throw fault('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
  const module = path.endsWith('.mjs') ? await import(pathToFileURL(path).href) : createRequire(path)(path);
  const handler: unknown = module[exported] ?? module.default?.[exported];
  if (typeof handler !== 'function') throw fault('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  return handler as Handler;
}

async function run(handler: Handler, job: Job): Promise<void> {
  const deadline = Date.now() + job.timeoutMs;
  const environment = (name: string) => process.env[name] ?? '';
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    functionName: environment('AWS_LAMBDA_FUNCTION_NAME'),
    functionVersion: environment('AWS_LAMBDA_FUNCTION_VERSION'),
    memoryLimitInMB: environment('AWS_LAMBDA_FUNCTION_MEMORY_SIZE'),
    logGroupName: environment('AWS_LAMBDA_LOG_GROUP_NAME'),
    logStreamName: environment('AWS_LAMBDA_LOG_STREAM_NAME'),
    invokedFunctionArn: job.functionArn,
    awsRequestId: job.requestId,
    getRemainingTimeInMillis: () => Math.max(deadline - Date.now(), 0),
  };
  try {
    const result = await handler(JSON.parse(job.event), context);
    answer({ kind: 'done', requestId: job.requestId, payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    const described = describe(error);
    // As the runtime does, so that the function's log has the error that its caller gets.
    console.error(JSON.stringify({ level: 'ERROR', requestId: job.requestId, ...described }));
    answer({ kind: 'error', requestId: job.requestId, error: described });
  }
}

function describe(error: unknown) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function fault(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
