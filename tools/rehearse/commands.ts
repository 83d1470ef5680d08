/** Child processes. Each has a group of its own, and no group outlives the rehearsal. */
import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';

export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };
export type CommandOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly seconds?: number;
};

/** A profile or a session of the user is no concern of the emulated account. */
const OF_THE_USER = { AWS_PROFILE: undefined, AWS_SESSION_TOKEN: undefined };

const running = new Set<ChildProcess>();
let endsChildren = false;

function endChildrenWithThis(): void {
  if (endsChildren) return;
  endsChildren = true;
  process.on('exit', () => {
    for (const child of running) end(child, 'SIGKILL');
  });
  for (const [signal, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) {
    process.on(signal, () => process.exit(code));
  }
}

/** Starts a process whose group is ended with this one. */
export function start(command: string, args: readonly string[], { cwd, env = {} }: CommandOptions): ChildProcess {
  endChildrenWithThis();
  const child = spawn(command, args, {
    ...(cwd !== undefined && { cwd }),
    env: {
      ...process.env,
      ...OF_THE_USER,
      PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
      NO_COLOR: '1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Signals the group of a process, so that what it started ends, too. */
export function end(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}

/** Runs a command to its end, whatever its exit code. @throws when it cannot start, or takes longer than `seconds` */
export function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<Ran> {
  const { seconds = 300 } = options;
  const child = start(command, args, options);
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (part: string) => {
      said[stream] += part;
    });
  }
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      end(child, 'SIGKILL');
      reject(
        new Error(`${command} ${args.join(' ')}: not done after ${seconds} s\n${tail(said.stdout + said.stderr)}`),
      );
    }, seconds * 1000);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(late);
      resolve({ code: code ?? 1, ...said });
    });
  });
}

/** The same, for a command that must succeed. */
export async function succeed(command: string, args: readonly string[], options: CommandOptions = {}): Promise<Ran> {
  const ran = await run(command, args, options);
  if (ran.code === 0) return ran;
  throw new Error(`${command} ${args.join(' ')}: exit code ${ran.code}\n${tail(ran.stdout + ran.stderr)}`);
}

/** A TypeScript file or a package's script of the project, run by this Node. */
export function node(root: string, file: string, args: readonly string[], options: CommandOptions = {}): Promise<Ran> {
  return run(process.execPath, [join(root, file), ...args], { cwd: root, ...options });
}

export const tail = (text: string): string => text.trim().split('\n').slice(-25).join('\n');
