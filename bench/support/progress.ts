/** The current step, on one line of the terminal; in a log, one line now and then. */
const SELDOM_MS = 5_000;

export function openProgress(stream: NodeJS.WriteStream = process.stderr): {
  say(text: string): void;
  done(text: string): void;
} {
  let last = 0;
  const clear = () => stream.isTTY && stream.write('\r\u001b[K');
  return {
    say(text) {
      if (stream.isTTY) {
        clear();
        stream.write(text.slice(0, (stream.columns ?? 80) - 1));
      } else if (performance.now() - last > SELDOM_MS) {
        last = performance.now();
        stream.write(`${text}\n`);
      }
    },
    done(text) {
      clear();
      stream.write(`${text}\n`);
    },
  };
}
