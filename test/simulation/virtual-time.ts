/** Time that passes only when everybody waits for it: an hour of pauses costs nothing, and is always the same. */
export class VirtualTime {
  now: number;
  readonly #waiting: { readonly at: number; readonly go: () => void }[] = [];

  constructor(now: number) {
    this.now = now;
  }

  sleep(milliseconds: number): Promise<void> {
    const at = this.now + milliseconds;
    return new Promise((go) => {
      const later = this.#waiting.findIndex((other) => other.at > at);
      this.#waiting.splice(later < 0 ? this.#waiting.length : later, 0, { at, go });
    });
  }

  /** Lets time pass until the work is done. */
  async run<Result>(work: Promise<Result>): Promise<Result> {
    let over = false;
    const end = () => {
      over = true;
    };
    work.then(end, end);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (over) return work;
      const next = this.#waiting.shift();
      if (!next) throw new Error('everybody waits, and not for time');
      this.now = Math.max(this.now, next.at);
      next.go();
    }
  }
}
