/** Fresh processes: started in turns, each measured from outside and, where it prints marks, from inside. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a script of Node; returns its output and its lifetime in milliseconds. */
export async function child(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ printed: string; wall: number }> {
  const begun = performance.now();
  const { stdout } = await run(process.execPath, [...args], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    maxBuffer: 64 << 20,
  });
  return { printed: stdout, wall: performance.now() - begun };
}
