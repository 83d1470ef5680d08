import { jest } from '@jest/globals';
import { logger } from '../../../functions/runtime/logging.ts';

const { console } = logger as unknown as { console: Console };
const lines: string[] = [];
for (const level of ['info', 'warn', 'error'] as const) {
  jest.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
}
beforeEach(() => lines.splice(0));

function parsing(text: string): Error {
  try {
    JSON.parse(text);
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was JSON');
}

test('what JSON.parse quotes of its input is not logged, wherever in an error it is; where it happened is', () => {
  const fault = parsing('{"title":"ZOOPLUS MUENCHEN');
  expect(fault.message).toContain('JSON');
  const quoted = parsing('ZOOPLUS MUENCHEN');
  expect(quoted.message).toContain('ZOOPLUS');
  logger.error('import', { error: quoted });
  logger.error('import', { error: new Error('outer', { cause: new Error('middle', { cause: quoted }) }) });
  logger.error('import', quoted);
  expect(lines).toHaveLength(3);
  expect(lines.join('\n')).not.toContain('ZOOPLUS');
  for (const line of lines)
    expect(line).toMatch(/SyntaxError.*withheld.*logging\.test\.ts|logging\.test\.ts.*withheld/);
});

test('items that DynamoDB hands back with a refusal are not logged', () => {
  const refusal = Object.assign(new Error('The conditional request failed'), {
    name: 'ConditionalCheckFailedException',
    Item: { pk: { S: 'demo#owner#secret' } },
  });
  logger.warn('import', { error: refusal });
  expect(JSON.parse(lines[0]!).error).toMatchObject({
    name: 'ConditionalCheckFailedException',
    message: 'The conditional request failed',
  });
  expect(lines[0]).not.toContain('secret');
});

test('other errors are logged whole', () => {
  logger.warn('import', { error: new TypeError('x is not a function') });
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: 'WARN',
    message: 'import',
    error: { name: 'TypeError', message: 'x is not a function', stack: expect.stringContaining('logging.test.ts') },
  });
});
