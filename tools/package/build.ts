/** `npm run package`: the packages that users install, in `dist/packages` and each as a `.tgz` beside it. */
import { execFileSync } from 'node:child_process';
import { buildCli } from './cli.ts';
import { buildClient } from './client.ts';

for (const home of [buildCli(), buildClient()]) {
  const options = { cwd: home, encoding: 'utf8' } as const;
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', '..'], options));
  const { filename, size, unpackedSize } = packed as { filename: string; size: number; unpackedSize: number };
  const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1000)} kB`;
  process.stdout.write(`dist/packages/${filename}: ${kilobytes(size)}, unpacked ${kilobytes(unpackedSize)}\n`);
}
