/** The parent's side of one execution environment: starts it, sends one event at a time, kills it when it takes too long. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { plainScript } from '../plain.ts';
import type { FunctionSpec } from '../template/wiring.ts';
import type { Logs } from './log.ts';
import { heapOption, watchMemory } from './memory.ts';
import type { Fault, FromWorker, Job, Outcome } from './protocol.ts';
import { MAX_PAYLOAD } from './protocol.ts';

export type Sandbox = {
  /** Resolves when the bundle is loaded. */
  readonly ready: Promise<void>;
  readonly alive: () => boolean;
  run(job: Job): Promise<Outcome>;
  kill(): void;
};

/** Lambda allows ten seconds for loading; a loaded laptop may need more. */
const INIT_TIMEOUT_MS = 30_000;

export class InitError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.errorMessage);
    this.fault = fault;
  }
}

/** @param note prints to the console that a process ended unasked */
export function startSandbox(
  spec: FunctionSpec,
  env: Record<string, string>,
  logs: Logs,
  note: (text: string) => void,
): Sandbox {
  const execArgv = [heapOption(spec.memoryMb)];
  const child = fork(plainScript('local/functions/worker.ts'), [], {
    cwd: spec.codePath,
    env,
    execArgv,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Event and answer are JSON already: as such a message would have them escaped and parsed once more.
    serialization: 'advanced',
  });
  logs.follow(spec.title, child.stdout, child.stderr);
  let alive = true;
  let isWanted = false;
  /** Ends the process for a reason that is reported already. */
  const end = () => {
    alive = false;
    isWanted = true;
    child.kill('SIGKILL');
  };
  const report = (fault: Fault) => {
    logs.say(spec.title, JSON.stringify({ level: 'ERROR', ...fault }));
    note(`${spec.title} was ended: ${fault.errorMessage.replace(/^(RequestId: \S+ )?Error: /, '')}`);
  };
  let running: { readonly requestId: string; settle(outcome: Outcome): void } | undefined;

  const ready = new Promise<void>((resolve, reject) => {
    const slow = setTimeout(() => child.kill('SIGKILL'), INIT_TIMEOUT_MS);
    child.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') {
        clearTimeout(slow);
        return resolve();
      }
      if (message.kind === 'failed') return reject(new InitError(message.error));
      if (running?.requestId !== message.requestId) return;
      running.settle(message.kind === 'done' ? accept(message.payload) : { ok: false, error: message.error });
    });
    const isGone = (how: string) => {
      alive = false;
      clearTimeout(slow);
      const fault = exitFault(how, running?.requestId);
      if (!isWanted) report(fault);
      reject(new InitError(fault));
      running?.settle({ ok: false, error: fault });
    };
    child.once('exit', (code, signal) => isGone(signal === null ? `code ${code}` : `signal ${signal}`));
    child.once('error', (error) => isGone(error.message));
  });
  // Waiting callers get the rejection; if there are none, it must not count as unhandled.
  ready.catch(() => {});

  return {
    ready,
    alive: () => alive,
    kill: end,
    run: (job) =>
      new Promise((resolve) => {
        const fail = (errorType: string, what: string) => {
          const error = { errorType, errorMessage: `RequestId: ${job.requestId} Error: ${what}` };
          report(error);
          end();
          settle({ ok: false, error });
        };
        const timer = setTimeout(() => {
          fail('Sandbox.Timedout', `Task timed out after ${(job.timeoutMs / 1000).toFixed(2)} seconds`);
        }, job.timeoutMs);
        const memory = watchMemory(child.pid ?? 0, spec.memoryMb, (usedMb) => {
          fail('Runtime.OutOfMemory', `Task used ${Math.ceil(usedMb)} MB of its ${spec.memoryMb} MB of memory`);
        });
        const settle = (outcome: Outcome) => {
          clearTimeout(timer);
          memory.stop();
          running = undefined;
          resolve(outcome);
        };
        running = { requestId: job.requestId, settle };
        send(child, job);
      }),
  };
}

/** A message to a process that has just died is lost with it; its exit settles the event. */
function send(child: ChildProcess, job: Job): void {
  child.send(job, () => {});
}

function accept(payload: string): Outcome {
  const bytes = Buffer.byteLength(payload);
  if (bytes <= MAX_PAYLOAD) return { ok: true, payload };
  const errorMessage = `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${MAX_PAYLOAD} bytes).`;
  return { ok: false, error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } };
}

const exitFault = (how: string, requestId: string | undefined): Fault => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `${requestId ? `RequestId: ${requestId} ` : ''}Error: Runtime exited with error: ${how}`,
});
