import fc from 'fast-check';
import { allowing, isLike, readStatement } from '../../../local/iam/statements.ts';

const read = (...statements: object[]) => statements.map(readStatement);
const request = (action: string, resource: string, context = {}) => ({ action, resource, context });
const TABLE = 'arn:aws:dynamodb:eu-central-1:0:table/ledger';

test('a statement allows its actions on its resources, whatever the case of the action', () => {
  const own = read(
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:q' },
    { Effect: 'Allow', Action: ['dynamodb:Get*', 'dynamodb:Query'], Resource: [TABLE, `${TABLE}/index/*`] },
  );
  expect(allowing(own, request('SQS:sendmessage', 'arn:q'))).toEqual([0]);
  expect(allowing(own, request('dynamodb:GetItem', TABLE))).toEqual([1]);
  expect(allowing(own, request('dynamodb:Query', `${TABLE}/index/owners`))).toEqual([1]);
  expect(allowing(own, request('dynamodb:PutItem', TABLE))).toEqual([]);
  expect(allowing(own, request('sqs:SendMessage', 'arn:q2'))).toEqual([]);
});

test('a denial outranks what is allowed', () => {
  const allow = { Effect: 'Allow', Action: '*', Resource: '*' };
  expect(allowing(read(allow), request('a:b', 'c'))).toEqual([0]);
  expect(allowing(read(allow, { Effect: 'Deny', Action: 'a:*', Resource: '*' }), request('a:b', 'c'))).toEqual([]);
});

test.each([
  ['leading keys, all of which must fit', { k: ['a#client'] }, true],
  ['one of several keys that does not fit', { k: ['a#client', 'b#owner'] }, false],
  ['no key at all', {}, false],
])('%s', (_, context, allowed) => {
  const own = read({
    Effect: 'Allow',
    Action: 'd:Get',
    Resource: '*',
    Condition: { 'ForAllValues:StringLike': { k: ['*#client', '#clients'] }, Null: { k: 'false' } },
  });
  expect(allowing(own, request('d:Get', 'r', context))).toEqual(allowed ? [0] : []);
});

test.each([
  ['StringEquals', { k: ['x'] }, true],
  ['StringEquals', { k: ['y'] }, false],
  ['StringEquals', {}, false],
  ['StringEqualsIfExists', {}, true],
  ['StringEqualsIfExists', { k: ['y'] }, false],
  ['Bool', { k: ['X'] }, true],
])('%s of %j: %s', (operator, context, allowed) => {
  const own = read({ Effect: 'Allow', Action: 'a:b', Resource: '*', Condition: { [operator]: { k: 'x' } } });
  expect(allowing(own, request('a:b', 'r', context))).toEqual(allowed ? [0] : []);
});

test.each([
  [{ Effect: 'Allow', Action: 'a:b', Resource: '*', Condition: { IpAddress: { k: '10.0.0.0/8' } } }, 'IpAddress'],
  [{ Effect: 'Allow', NotAction: 'a:b', Resource: '*' }, 'NotAction'],
  [{ Effect: 'Allow', Resource: '*' }, 'needs Action and Resource'],
  [{ Effect: 'Perhaps', Action: 'a:b', Resource: '*' }, 'Perhaps'],
])('what is not known is refused when it is read: %j', (statement, named) => {
  expect(() => readStatement(statement)).toThrow(named);
});

test('patterns mean what the same regular expression means', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), letters, (text, pattern) => {
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
      expect(isLike(text, pattern)).toBe(expected.test(text));
    }),
    { seed: 14, numRuns: 2_000 },
  );
});
