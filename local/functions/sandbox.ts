/** The parent's side of one execution environment: start it, give it one event at a time, kill it when it takes too long. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import type { FunctionSpec } from '../template/wiring.ts';
import type { Logs } from './log.ts';
import type { Fault, FromWorker, Job, Outcome } from './protocol.ts';
import { MAX_PAYLOAD } from './protocol.ts';

export type Sandbox = {
  /** Resolves when the bundle is loaded. */
  readonly ready: Promise<void>;
  readonly alive: () => boolean;
  run(job: Job): Promise<Outcome>;
  kill(): void;
};

const WORKER = new URL('./worker.ts', import.meta.url);
/** Lambda gives loading ten seconds; a loaded laptop may need more. */
const INIT_TIMEOUT_MS = 30_000;

export class InitError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.errorMessage);
    this.fault = fault;
  }
}

export function startSandbox(spec: FunctionSpec, env: Record<string, string>, logs: Logs): Sandbox {
  const child = fork(WORKER, [], { cwd: spec.codePath, env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  logs.follow(spec.title, child.stdout, child.stderr);
  let alive = true;
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
    const end = (how: string) => {
      alive = false;
      clearTimeout(slow);
      const fault = exitFault(how, running?.requestId);
      if (how !== 'signal SIGKILL') logs.say(spec.title, JSON.stringify({ level: 'ERROR', ...fault }));
      reject(new InitError(fault));
      running?.settle({ ok: false, error: fault });
    };
    child.once('exit', (code, signal) => end(signal === null ? `code ${code}` : `signal ${signal}`));
    child.once('error', (error) => end(error.message));
  });
  // Whoever waits is told; that nobody waits is no unhandled rejection.
  ready.catch(() => {});

  return {
    ready,
    alive: () => alive,
    kill: () => void child.kill('SIGKILL'),
    run: (job) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          const seconds = (job.timeoutMs / 1000).toFixed(2);
          const errorMessage = `RequestId: ${job.requestId} Error: Task timed out after ${seconds} seconds`;
          logs.say(spec.title, JSON.stringify({ level: 'ERROR', errorType: 'Sandbox.Timedout', errorMessage }));
          alive = false;
          child.kill('SIGKILL');
          settle({ ok: false, error: { errorType: 'Sandbox.Timedout', errorMessage } });
        }, job.timeoutMs);
        const settle = (outcome: Outcome) => {
          clearTimeout(timer);
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
