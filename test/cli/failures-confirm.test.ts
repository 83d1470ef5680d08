import { PassThrough } from 'node:stream';
import { typedCount } from '../../cli/failures/confirm.ts';

const answered = async (text: string | undefined) => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const asked = typedCount('Remove 12?', 12, input, output);
  if (text === undefined) input.end();
  else input.write(`${text}\n`);
  return asked;
};

test.each([
  ['12', true],
  [' 12 ', true],
  ['y', false],
  ['yes', false],
  ['1', false],
  ['', false],
  [undefined, false],
])('only the count itself confirms: %p is %p', async (text, confirms) => {
  expect(await answered(text)).toBe(confirms);
});
