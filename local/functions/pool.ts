/**
 * The execution environments of one function: created when needed, reused, never more than `max`; further events wait in line. One that
 * dies or times out is dropped, and the next event gets a new one. One that had nothing to do for a while is ended: it would hold memory.
 */
import { randomUUID } from 'node:crypto';
import type { FunctionSpec } from '../template/wiring.ts';
import type { Logs } from './log.ts';
import type { Outcome } from './protocol.ts';
import { MAX_PAYLOAD } from './protocol.ts';
import type { Sandbox } from './sandbox.ts';
import { InitError, startSandbox } from './sandbox.ts';

export type Invoke = (event: unknown) => Promise<Outcome>;

export type Pool = {
  readonly invoke: Invoke;
  /** Kills everything; events in progress fail. */
  close(): void;
};

export type PoolOptions = {
  readonly spec: FunctionSpec;
  /** Read at each start of an environment. */
  readonly environment: () => Record<string, string>;
  readonly max: number;
  readonly logs: Logs;
  /** Called for each environment that ended unasked. */
  readonly note: (text: string) => void;
  /** How long an environment waits for the next event: a minute unless given. */
  readonly idleMs?: number;
};

const IDLE_MS = 60_000;

export function openPool({ spec, environment, max, logs, note, idleMs = IDLE_MS }: PoolOptions): Pool {
  const all = new Set<Sandbox>();
  /** The longest idle first. */
  const idle: { readonly sandbox: Sandbox; readonly since: number }[] = [];
  const line: (() => void)[] = [];
  let closed = false;

  const acquire = async (): Promise<Sandbox> => {
    for (;;) {
      for (let sandbox = idle.pop()?.sandbox; sandbox; sandbox = idle.pop()?.sandbox) {
        if (sandbox.alive()) return sandbox;
        all.delete(sandbox);
      }
      if (closed) throw new InitError({ errorType: 'ServiceStopped', errorMessage: 'The service is stopping.' });
      if (all.size < max) {
        const sandbox = startSandbox(spec, environment(), logs, note);
        all.add(sandbox);
        try {
          await sandbox.ready;
        } catch (error) {
          release(sandbox);
          throw error;
        }
        return sandbox;
      }
      await new Promise<void>((resolve) => line.push(resolve));
    }
  };

  const release = (sandbox: Sandbox) => {
    if (sandbox.alive() && !closed) idle.push({ sandbox, since: performance.now() });
    else drop(sandbox);
    line.shift()?.();
  };

  const drop = (sandbox: Sandbox) => {
    sandbox.kill();
    all.delete(sandbox);
  };

  const endIdle = setInterval(() => {
    const since = performance.now() - idleMs;
    while (idle[0] && idle[0].since <= since) drop(idle.shift()!.sandbox);
  }, idleMs / 4);
  endIdle.unref();

  return {
    async invoke(event) {
      const text = JSON.stringify(event);
      if (Buffer.byteLength(text) > MAX_PAYLOAD)
        return {
          ok: false,
          error: { errorType: 'RequestTooLargeException', errorMessage: 'Request must be smaller than 6291456 bytes.' },
        };
      try {
        const sandbox = await acquire();
        const job = { requestId: randomUUID(), event: text, timeoutMs: spec.timeoutMs, functionArn: spec.arn };
        const outcome = await sandbox.run(job);
        release(sandbox);
        return outcome;
      } catch (error) {
        if (error instanceof InitError) return { ok: false, error: error.fault };
        return { ok: false, error: { errorType: 'Runtime.StartError', errorMessage: String(error) } };
      }
    },
    close() {
      closed = true;
      clearInterval(endIdle);
      for (const sandbox of all) sandbox.kill();
      for (const next of line.splice(0)) next();
    },
  };
}
