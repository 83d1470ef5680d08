/** The command line as a package: it works in a folder without the repository. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { buildPackage } from '../../tools/package/build.ts';

const folder = mkdtempSync(join(tmpdir(), 'owner-profiles-package-'));
const home = join(folder, 'package');
beforeAll(() => void buildPackage(home));
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

test('it needs no other package, and has the version of the project', () => {
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
