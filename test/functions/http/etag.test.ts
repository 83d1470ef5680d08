import { fc, test as property } from '@fast-check/jest';
import { etagOf, isKnownTo, readIfMatch } from '../../../functions/http/etag.ts';
import { httpEvent } from '../support/http-event.ts';

const readFrom = (text: string) => readIfMatch(httpEvent({ headers: { 'if-MATCH': text } }));

test.each([
  ['*', undefined],
  [' * ', undefined],
  ['"a"', ['a']],
  ['"a","b" ,\t"c"', ['a', 'b', 'c']],
  [',, "a",,', ['a']],
  ['""', ['']],
  ['"a,b"', ['a,b']],
  ['"*"', ['*']],
  ['W/"a"', []],
  ['W/"a", "b"', ['b']],
])('%s', (text, versions) => {
  expect(readFrom(text)).toEqual(versions);
});

test('without the header anything may be changed', () => {
  expect(readIfMatch(httpEvent())).toBeUndefined();
  expect(readIfMatch({ ...httpEvent(), headers: null, multiValueHeaders: null } as never)).toBeUndefined();
});

test('several lines are one list', () => {
  const event = { ...httpEvent(), multiValueHeaders: { 'If-Match': ['"a"', '"b"'] } };
  expect(readIfMatch(event)).toEqual(['a', 'b']);
});

test.each(['', ' ', ',', 'a', '"a', 'a"', '"a" "b"', '"a"b', 'w/"a"', 'W/ "a"', '*, "a"', '"a", *', '"a b"', "'a'"])(
  '%j is refused',
  (text) => {
    expect(() => readFrom(text)).toThrow('`If-Match` must be `*` or a list of tags in quotes');
  },
);

property.prop([fc.array(fc.stringMatching(/^[!#-~]*$/), { minLength: 1 })])(
  'a list of tags is read as it is',
  (tags) => {
    expect(readFrom(tags.map(etagOf).join(', '))).toEqual(tags);
  },
);

test.each([
  ['"v"', true],
  ['W/"v"', true],
  ['"a", "v"', true],
  ['*', true],
  ['"a"', false],
  ['v', false],
  ['', false],
])('a client that wants any version but %s has "v": %j', (text, known) => {
  expect(isKnownTo(httpEvent({ headers: { 'If-None-MATCH': text } }), 'v')).toBe(known);
});
