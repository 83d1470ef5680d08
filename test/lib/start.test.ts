import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FUNCTION_NAMES } from '../../lib/bundle.ts';
import { type Json, SYNTHESIS_TIMEOUT_MS, type Synthesized, synthesize } from './synthesized.ts';

const run = promisify(execFile);
const OUTPUT = new URL('../../dist/functions/', import.meta.url);

let dev: Synthesized;
beforeAll(() => {
  dev = synthesize('dev');
}, SYNTHESIS_TIMEOUT_MS);

/** What Lambda does at a cold start: it loads the bundle, with this environment and no other, and takes its `handler`. */
test.each(FUNCTION_NAMES)('%s starts with the environment that it is given', async (name) => {
  const folder = fileURLToPath(new URL(name, OUTPUT));
  const variables = dev
    .ofType('AWS::Lambda::Function')
    .map(({ properties }): Json => properties.Environment.Variables)
    .find(({ POWERTOOLS_SERVICE_NAME }) => POWERTOOLS_SERVICE_NAME === name);
  const { stdout } = await run(process.execPath, ['--print', `typeof require(${JSON.stringify(folder)}).handler`], {
    env: { ...variables, AWS_REGION: 'eu-central-1', LAMBDA_TASK_ROOT: folder },
  });
  expect(stdout.trim().split('\n').at(-1)).toBe('function');
});
