import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, startCloud } from '../cloud.ts';
import { end, run, start, tail } from '../commands.ts';
import { toolNamed } from '../optional-tools.ts';
import type { Step } from '../step.ts';
import { Skipped } from '../step.ts';
import type { World } from '../world.ts';

/** What the tests do on a table: joining, fences, look-ups, batches, erasures, catalogues, runs, restores. */
const TESTS = ['test/functions/adapters', 'test/functions/use-cases', 'test/simulation/table', 'test/cli/restore'];
const MAIN = 'com.amazonaws.services.dynamodbv2.local.main.ServerRunner';
const SECONDS_TO_START = 5;

/** The tests of the stores on MiniStack's own DynamoDB. */
export const store: Step = {
  name: 'store',
  needs: [],
  async run(world) {
    const table = await startCloud(toolNamed(world.root, 'ministack'), join(world.folder, 'store'), { judging: false });
    try {
      return await testsOn(world, table.endpoint);
    } finally {
      await table.stop();
    }
  },
};

/** The same on Amazon's, where somebody has it: it has terms of its own, and is not fetched. */
export const dynamodbLocal: Step = {
  name: 'dynamodb-local',
  needs: [],
  async run(world) {
    const folder = process.env['DYNAMODB_LOCAL'] ?? '';
    if (!existsSync(folder) || !readdirSync(folder).some((name) => /^DynamoDBLocal.*\.jar$/.test(name))) {
      throw new Skipped(
        'DYNAMODB_LOCAL names no folder with DynamoDBLocal.jar; accept its licence, then unpack it there',
      );
    }
    const [port, libraries] = [String(await freePort()), join(folder, 'DynamoDBLocal_lib')];
    const classes = [join(folder, '*'), join(libraries, '*')].join(delimiter);
    const paths = [`-Djava.library.path=${folder}${delimiter}${libraries}`, '-cp', classes];
    const server = start('java', [...paths, MAIN, '-inMemory', '-port', port], { cwd: folder });
    try {
      await sleep(SECONDS_TO_START * 1000);
      return await testsOn(world, `http://127.0.0.1:${port}`);
    } finally {
      end(server, 'SIGTERM');
    }
  },
};

async function testsOn({ root }: World, endpoint: string): Promise<string> {
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const env = { DYNAMODB_ENDPOINT: endpoint };
  const { code, stdout, stderr } = await run(process.execPath, [...jest, ...TESTS], { cwd: root, env, seconds: 900 });
  if (code !== 0) throw new Error(tail(stdout + stderr));
  return /^Tests:\s+(.*)$/m.exec(stderr)?.[1] ?? 'no count of tests';
}
