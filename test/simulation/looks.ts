/** The queue of looks at owners: delivered twice now and then, in any order, and again when a look failed. */
import { TransientError } from '../../functions/runtime/errors.ts';
import type { Announcer } from '../../functions/use-cases/service/service.ts';
import { type Draw, onceIn, oneOf } from './random.ts';

export type Look = { readonly clientId: string; readonly hash: string; readonly due: number };

const LATER_MS = 600_000;

export class Looks {
  readonly #waiting = new Set<Look>();
  readonly #dead = new Set<Look>();
  asked = 0;
  /** The queue accepts nothing. */
  isDown = false;

  announcer(call: (act: () => void) => Promise<void>, clock: () => number): Announcer {
    const ask = ({ clientId, hash }: Pick<Look, 'clientId' | 'hash'>, after: number) =>
      call(() => {
        if (this.isDown) throw new TransientError('the queue takes nothing');
        this.asked++;
        this.#waiting.add({ clientId, hash, due: clock() + after });
      });
    return { later: (owner) => ask(owner, LATER_MS), now: (owner) => ask(owner, 0) };
  }

  /** One that is due; it stays until it is done. */
  next(draw: Draw, now: number): Look | undefined {
    const due = [...this.#waiting].filter((look) => look.due <= now);
    return due.length === 0 ? undefined : oneOf(draw, due);
  }

  done(look: Look, draw: Draw): void {
    if (!onceIn(draw, 12)) this.#waiting.delete(look);
  }

  get left(): readonly Look[] {
    return [...this.#waiting];
  }

  forget(look: Look): void {
    this.#waiting.delete(look);
  }

  /** Nobody could look for days: all pending looks become dead letters. */
  die(): void {
    for (const look of this.#waiting) this.#dead.add(look);
    this.#waiting.clear();
  }

  /** What the operator does at the end. */
  redrive(): void {
    for (const look of this.#dead) this.#waiting.add(look);
    this.#dead.clear();
  }
}
