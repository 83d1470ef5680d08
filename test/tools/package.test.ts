/** The packages that users install: they work in a folder without the repository. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { buildCli } from '../../tools/package/cli.ts';
import { buildClient } from '../../tools/package/client.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'owner-profiles-package-'));
const home = join(folder, 'package');
beforeAll(() => void buildCli(home));
afterAll(() => rmSync(folder, { recursive: true }));

function ownerProfiles(...args: string[]): { code: number; text: string } {
  const options = { cwd: folder, encoding: 'utf8', stdio: 'pipe', env: { PATH: process.env['PATH'] } } as const;
  try {
    return { code: 0, text: execFileSync(process.execPath, [join(home, 'bin/owner-profiles.mjs'), ...args], options) };
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: string };
    return { code: status, text: stderr };
  }
}

test('the command line needs no other package, and has the version of the project', () => {
  const packed = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  expect(packed).toMatchObject({ version: manifest.version, license: 'Apache-2.0' });
  expect(packed).not.toHaveProperty('dependencies');
  expect(ownerProfiles('--version')).toEqual({ code: 0, text: `${manifest.version}\n` });
});

test('it reads the files of a bank, and knows the built-in catalogue', () => {
  const statement = [':20:X', ':25:PL61109010140000071219812874', ':28C:1', ':60F:C260101PLN1,00'];
  const rows = [':61:2601020102D0,50NMSCNONREF', ':86:ZOOPLUS', ':62F:C260102PLN0,50', '-'];
  writeFileSync(join(folder, 'one.sta'), [...statement, ...rows].join('\r\n'));
  const whose = ['--owner', 'o', '--client', 'demo', '--imported-at', '2026-01-03T00:00:00Z'];
  const read = ownerProfiles('import', 'one.sta', ...whose, '--dry-run', '--queue-url', 'http://127.0.0.1:9/q');
  expect(read).toMatchObject({ code: 0, text: expect.stringContaining('2026-01-02') });

  mkdirSync(join(folder, 'own/profiles'), { recursive: true });
  writeFileSync(join(folder, 'own/catalogue.yaml'), 'enabled: []\n');
  const golf = {
    id: 'golfer',
    title: 'Plays golf',
    description: 'Golf.',
    enter: { feature: 'petz.count', window: '90d', atLeast: 2 },
  };
  writeFileSync(join(folder, 'own/profiles/golfer.yaml'), JSON.stringify(golf));
  const checked = ownerProfiles('catalogue', 'check', 'own');
  expect(checked).toMatchObject({ code: 1, text: expect.stringContaining('did you mean `pets`?') });
});

test('the client has its types beside it, and what it exports can be imported by its name; its example compiles', () => {
  const modules = join(folder, 'node_modules');
  const packed = buildClient(join(modules, '@owner-profiles/client'));
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers', 'standardwebhooks', '@stablelib', 'fast-sha256']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  const { dependencies, version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8'));
  expect({ dependencies, version }).toEqual({
    dependencies: { 'openapi-fetch': '0.17.0', standardwebhooks: '1.1.1' },
    version: manifest.version,
  });
  expect(readFileSync(join(packed, 'dist/index.d.ts'), 'utf8')).toContain('ownerProfilesClient(options');
  writeFileSync(
    join(folder, 'use.mjs'),
    "import { ownerProfilesClient, pages } from '@owner-profiles/client';\n" +
      "const client = ownerProfilesClient({ url: 'http://127.0.0.1:9', apiKey: 'k' });\n" +
      'console.log(typeof client.GET, typeof pages);\n',
  );
  expect(execFileSync(process.execPath, ['use.mjs'], { cwd: folder, encoding: 'utf8' })).toBe('function function\n');
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(packed, 'README.md'), 'utf8')) ?? [];
  const around = 'declare const process: any, request: any, body: string, console: any;\n';
  writeFileSync(join(folder, 'example.mts'), `${around}${example}`);
  const check = ['--noEmit', '--skipLibCheck', '--target', 'es2024', '--module', 'nodenext', 'example.mts'];
  const compiler = join(ROOT, 'node_modules/.bin/tsc');
  expect(spawnSync(compiler, check, { cwd: folder, encoding: 'utf8' })).toMatchObject({ stdout: '', status: 0 });
});
