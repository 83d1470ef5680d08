#!/usr/bin/env node
/**
 * Starts the command line with a Node that runs TypeScript: the one that runs this file when it is 24 or later, else
 * the one that the project pins. Plain JavaScript, so that any installed Node can read it.
 */
import { spawn } from 'node:child_process';
import module, { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const main = new URL('../cli/main.ts', import.meta.url);
/** Node's compile cache, in a folder of the project: compiling takes half of a short command's time. */
const compiled = fileURLToPath(new URL('../dist/compile-cache', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  module.enableCompileCache(compiled);
  await import(main.href);
} else runWith(pinnedNode());

/** Path of the binary in the package of this system; exits when it is not installed. */
function pinnedNode() {
  const { arch, platform } = process;
  const system = { win32: 'win', darwin: arch === 'arm64' ? 'bin-darwin' : 'darwin' }[platform] ?? platform;
  try {
    const manifest = createRequire(import.meta.url).resolve(`node-${system}-${arch}/package.json`);
    return join(dirname(manifest), 'bin', platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    process.stderr.write(
      `error: Node ${NEEDED} is needed, this is ${process.version}\n  run \`npm install\` in the project, which brings it\n`,
    );
    process.exit(1);
  }
}

function runWith(node) {
  const child = spawn(node, [fileURLToPath(main), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compiled, ...process.env },
  });
  // Ctrl-C reaches the child directly, because it is in our process group; signals sent only to us are passed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`error: cannot start ${node}: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]));
}
