/** Whose turn it is. Every call of every worker waits for its turn, so that the order of turns is the whole schedule. */

export type Turns = {
  /** Waits until it is the turn of `who`. */
  turn(who: string): Promise<void>;
};

/** Turns in an order drawn from those who wait. Nothing sleeps: code that computes reaches its next turn by itself. */
export class DrawnTurns implements Turns {
  readonly #choose: (waiting: readonly string[]) => number;
  readonly #waiting: { readonly who: string; readonly go: () => void }[] = [];
  #steps = 0;

  constructor(choose: (waiting: readonly string[]) => number) {
    this.#choose = choose;
  }

  get steps(): number {
    return this.#steps;
  }

  turn(who: string): Promise<void> {
    return new Promise((go) => this.#waiting.push({ who, go }));
  }

  /** Gives turns until the work is done. */
  async play<Result>(work: Promise<Result>): Promise<Result> {
    let over = false;
    const end = () => {
      over = true;
    };
    work.then(end, end);
    for (;;) {
      // All promises that can continue do so before an immediate.
      await new Promise((resolve) => setImmediate(resolve));
      if (over) return work;
      if (this.#waiting.length === 0) throw new Error('everybody waits for something that is no turn');
      const [next] = this.#waiting.splice(this.#choose(this.#waiting.map(({ who }) => who)), 1);
      this.#steps++;
      next?.go();
    }
  }
}

/** No waiting at all. */
export const FREE_TURNS: Turns = { turn: async () => {} };
