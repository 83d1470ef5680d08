import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FUNCTION_NAMES } from '../../lib/bundle.ts';
import { bundled, SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';
import { type Json, type Synthesized, synthesized } from './synthesized.ts';

const run = promisify(execFile);

let dev: Synthesized;
let folderOf: Awaited<ReturnType<typeof bundled>>;
beforeAll(async () => {
  dev = await synthesized('dev');
  folderOf = await bundled();
}, SYNTHESIS_TIMEOUT_MS);

/** What Lambda does at a cold start: it loads the bundle, with this environment and no other, and takes its `handler`. */
test.each(FUNCTION_NAMES)('%s starts with the environment that it is given', async (name) => {
  const folder = folderOf(name);
  const variables = dev
    .ofType('AWS::Lambda::Function')
    .map(({ properties }): Json => properties.Environment.Variables)
    .find(({ POWERTOOLS_SERVICE_NAME }) => POWERTOOLS_SERVICE_NAME === name);
  const { stdout } = await run(process.execPath, ['--print', `typeof require(${JSON.stringify(folder)}).handler`], {
    env: { ...variables, AWS_REGION: 'eu-central-1', LAMBDA_TASK_ROOT: folder },
  });
  expect(stdout.trim().split('\n').at(-1)).toBe('function');
});
