/** A line per step of the start, with how long it took. */
export type Step = <Result>(name: string, work: (done: (how: string) => void) => Promise<Result>) => Promise<Result>;

export function openProgress(write: (line: string) => void): Step {
  return async (name, work) => {
    const startedAt = performance.now();
    let how = '';
    const result = await work((text) => {
      how = text;
    });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    write(`  ${name.padEnd(46)} ${`${seconds} s`.padStart(7)}${how === '' ? '' : `  ${how}`}`);
    return result;
  };
}
