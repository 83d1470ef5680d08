import { answered, QUEUES, TABLE } from '../../cli/aws.ts';
import { CliError, EXIT } from '../../cli/errors.ts';
import { PermanentError } from '../../functions/runtime/errors.ts';

const named = (name: string, message = 'said AWS', more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });
const saidOf = async (resource: typeof TABLE, error: unknown) => {
  const thrown = await answered(resource, Promise.reject(error)).catch((reason: unknown) => reason);
  if (!(thrown instanceof CliError)) throw thrown;
  return [thrown.message, thrown.hint, thrown.exitCode];
};

test('an answer is passed on', async () => {
  expect(await answered(TABLE, Promise.resolve(7))).toBe(7);
});

test.each([
  'AccessDeniedException',
  'AccessDenied',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'CredentialsProviderError',
])('%s: what credentials are needed', async (name) => {
  expect(await saidOf(TABLE, named(name))).toEqual(['AWS refuses: said AWS', TABLE.needs, EXIT.refused]);
  expect(await saidOf(QUEUES, named('Error', 'said AWS', { code: name }))).toEqual([
    'AWS refuses: said AWS',
    QUEUES.needs,
    EXIT.refused,
  ]);
});

test('what is not there is named', async () => {
  expect(await saidOf(TABLE, named('ResourceNotFoundException'))).toEqual([
    TABLE.missing,
    TABLE.checkOptions,
    EXIT.failed,
  ]);
  expect(await saidOf(QUEUES, named('QueueDoesNotExist'))).toEqual([QUEUES.missing, QUEUES.checkOptions, EXIT.failed]);
  expect(await saidOf(QUEUES, named('ResourceNotFoundException'))).toEqual(['said AWS', undefined, EXIT.failed]);
});

test.each([
  ['CLIENT_NOT_FOUND', EXIT.notFound],
  ['KEY_NOT_FOUND', EXIT.notFound],
  ['INVALID_CLIENT_ID', EXIT.usage],
  ['INVALID_ADDRESS', EXIT.usage],
  ['INVALID_SENDER', EXIT.usage],
  ['CLIENT_EXISTS', EXIT.failed],
])('%s ends with %i', async (code, exitCode) => {
  expect(await saidOf(TABLE, new PermanentError(code, 'so it is'))).toEqual(['so it is', undefined, exitCode]);
});

test('an error without a message is reported by its code, or its name', async () => {
  expect(await saidOf(TABLE, named('Error', '', { code: 'ECONNREFUSED' }))).toEqual([
    'ECONNREFUSED',
    undefined,
    EXIT.failed,
  ]);
  expect(await saidOf(TABLE, named('TimeoutError', ''))).toEqual(['TimeoutError', undefined, EXIT.failed]);
  expect(await saidOf(TABLE, {})).toEqual(['[object Object]', undefined, EXIT.failed]);
});

test('a sentence that is one already stays', async () => {
  const own = new CliError('own', 'hint', EXIT.exceeded);
  expect(await saidOf(TABLE, own)).toEqual(['own', 'hint', EXIT.exceeded]);
});
