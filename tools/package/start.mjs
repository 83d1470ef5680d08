#!/usr/bin/env node
/** Starts the packaged command line. Plain JavaScript that any Node can read, to say which one it needs. */
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 22) {
  process.stderr.write(`error: Node 22 or later is needed, this is ${process.version}\n`);
  process.exit(1);
}
await import('../dist/cli/main.js');
