/**
 * `npm run generators [-- --schemathesis MINUTES]`: makes clients from our OpenAPI document with the generators that people use, looks an
 * owner up with each on a running service, and lints the documents. A generator that is not on this machine is named and skipped.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../../cli/terminal.ts';
import { ASYNCAPI } from '../docs/asyncapi.ts';
import { ROOT } from '../drawing/imports.ts';
import { atService, type Outputs } from '../service/at-service.ts';

const HERE = import.meta.dirname;
const { values } = parseArgs({ options: { schemathesis: { type: 'string' } } });

/** @returns what it found, in a few words; `undefined` when the tool is not there */
type Step = (folder: string, outputs: Outputs) => string | undefined;

const STEPS: Readonly<Record<string, Step>> = {
  Redocly: (folder) => said(folder, tool('redocly'), ['lint', 'openapi.json', '--max-problems=20'], 'without findings'),
  Spectral: (folder) => {
    writeFileSync(join(folder, '.spectral.yaml'), 'extends: ["spectral:oas"]\n');
    return said(folder, tool('spectral'), ['lint', 'openapi.json', '--fail-severity=hint'], 'without findings');
  },
  'AsyncAPI parser': (folder) => {
    cpSync(join(ROOT, ASYNCAPI), join(folder, 'asyncapi.json'));
    return said(folder, process.execPath, ['asyncapi.mjs'], 'without findings');
  },
  'openapi-typescript': (folder) => {
    said(folder, tool('openapi-typescript'), ['openapi.json', '-o', 'openapi-typescript/schema.d.ts'], '');
    return compiledAndRun(folder, 'openapi-typescript');
  },
  'hey-api': (folder) => {
    said(folder, tool('openapi-ts'), ['-i', 'openapi.json', '-o', 'hey-api/client', '-c', '@hey-api/client-fetch'], '');
    return compiledAndRun(folder, 'hey-api');
  },
  'openapi-python-client': (folder) => {
    if (!isThere('openapi-python-client')) return undefined;
    const args = ['generate', '--path', 'openapi.json', '--meta', 'none', '--output-path', 'owner_profiles'];
    said(folder, 'openapi-python-client', args, '');
    return said(folder, pythonOf('openapi-python-client'), ['look_up.py'], 'looked up');
  },
  'openapi-generator (Java)': (folder) => {
    const jar = process.env['OPENAPI_GENERATOR_JAR'];
    if (!jar || !isThere('mvn')) return undefined;
    const java = ['generate', '-g', 'java', '--library', 'okhttp-gson', '-i', 'openapi.json', '-o', 'java'];
    said(folder, 'java', ['-jar', jar, ...java], '');
    cpSync(join(HERE, 'uses/LookUp.java'), join(folder, 'java/src/main/java/LookUp.java'));
    said(join(folder, 'java'), 'mvn', ['-q', '-B', 'compile', 'dependency:copy-dependencies'], '');
    return said(join(folder, 'java'), 'java', ['-cp', 'target/classes:target/dependency/*', 'LookUp'], 'looked up');
  },
  Schemathesis: (folder, { ApiUrl, ApiKey }) => {
    if (values.schemathesis === undefined || !isThere('schemathesis')) return undefined;
    cpSync(join(HERE, 'schemathesis.toml'), join(folder, 'schemathesis.toml'));
    const bounds = ['--max-time', `${Number(values.schemathesis) * 60}`];
    const args = ['run', `${ApiUrl}/v1/openapi.json`, '-H', `X-Api-Key: ${ApiKey}`, ...bounds];
    return said(folder, 'schemathesis', args, `${values.schemathesis} minutes without findings`);
  },
};

const tool = (name: string) => join(HERE, 'node_modules/.bin', name);
const isThere = (name: string) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

/** The Python that a command of Python was installed with. */
function pythonOf(command: string): string {
  const path = execFileSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).trim();
  const beside = join(path, '../python');
  return existsSync(beside) ? beside : 'python3';
}

/** Runs a command. @throws Error with what it printed, when it failed or warned */
function said(cwd: string, command: string, args: readonly string[], verdict: string): string {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', ...environment };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28 });
  const warned = /You have \d+ warning/.test(stderr);
  if (status !== 0 || warned) throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`.slice(0, 20_000));
  return verdict;
}

/** Compiles `uses/NAME.ts` beside the generated code with the strict rules of a careful user, and runs it. */
function compiledAndRun(folder: string, name: string): string {
  cpSync(join(HERE, `uses/${name}.ts`), join(folder, name, 'look-up.ts'));
  const rules = ['--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext', '--outDir', `${name}/out`];
  said(folder, tool('tsc'), [...rules, '--types', 'node', `${name}/look-up.ts`], '');
  return said(folder, process.execPath, [`${name}/out/look-up.js`], 'compiled, looked up');
}

const environment: Record<string, string> = {};
if (!existsSync(join(HERE, 'node_modules'))) {
  console.log('npm ci --prefix tools/generators');
  execFileSync('npm', ['ci', '--prefix', HERE, '--ignore-scripts'], { stdio: 'inherit' });
}
const folder = mkdtempSync(join(tmpdir(), 'owner-profiles-generators-'));
const rows: string[][] = [];
try {
  await atService(async (outputs) => {
    environment['OWNER_PROFILES_URL'] = outputs.ApiUrl;
    environment['OWNER_PROFILES_API_KEY'] = outputs.ApiKey;
    const document = await fetch(`${outputs.ApiUrl}/v1/openapi.json`);
    writeFileSync(join(folder, 'openapi.json'), await document.text());
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
    for (const name of ['openapi-fetch', 'openapi-typescript-helpers', '@types/node', 'undici-types']) {
      symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
    }
    symlinkSync(join(HERE, 'node_modules/@asyncapi'), join(folder, 'node_modules/@asyncapi'));
    for (const use of ['asyncapi.mjs', 'look_up.py']) cpSync(join(HERE, 'uses', use), join(folder, use));
    for (const [name, step] of Object.entries(STEPS)) {
      const began = performance.now();
      try {
        const verdict = step(folder, outputs);
        rows.push([name, verdict ?? 'skipped: not on this machine, or not asked for', seconds(began)]);
      } catch (error) {
        process.exitCode = 1;
        rows.push([name, 'failed', seconds(began)]);
        console.error(error instanceof Error ? error.message : error);
      }
      console.log(rows.at(-1)!.join(': '));
    }
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(table(['Tool', 'Outcome', 'Seconds'], rows));

function seconds(began: number): string {
  return ((performance.now() - began) / 1000).toFixed(1);
}
