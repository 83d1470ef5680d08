/**
 * Large hostile inputs for every reader: each reads or refuses them with a sentence, in time that grows with their length. Superlinear
 * time would exceed the time of a test.
 */
import { expect, test } from '@jest/globals';
import { READERS, readerOf } from '../../functions/readers/reader.ts';
import { ReaderError } from '../../functions/readers/reader-error.ts';

const LENGTH = 100_000;
const times = (piece: string) => piece.repeat(Math.floor(LENGTH / piece.length));
const OPTIONS = { now: Date.UTC(2026, 10, 29), account: '12345678', currency: 'EUR' };
const CSV = 'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n';

const WORST: Readonly<Record<string, string>> = {
  slashes: `:20:A\n:86:${times('/')}`,
  'one endless line': times('a'),
  blanks: times(' '),
  'line ends': times('\n'),
  quotes: times('"'),
  'an open quote': `${CSV}"${times('a,')}`,
  delimiters: `${CSV}${times(';,|\t')}`,
  'rows of one cell': times('1\n'),
  'rows that are left out': CSV + times('x,y,,,,-1\n'),
  digits: `${CSV}X,Current,${times('1')}\n`,
  'an amount without an end': `${CSV}X,Current,2026-06-10,2026-06-10,x,${times('1.')}\n`,
  'labels of another bank': times('Auftraggeber: Buchungstext: '),
  'open tags': `OFXHEADER:100\n<OFX>${times('<A>')}`,
  'angle brackets': `OFXHEADER:100\n<OFX>${times('<')}`,
  'tags that never close': `OFXHEADER:100\n<OFX>${times('<STMTTRN><X>1')}`,
  entities: `OFXHEADER:100\n<OFX><A>${times('&amp;&')}</OFX>`,
  'declarations before a document': times('<?xml ?>  '),
  'QIF of carets': `!Type:Bank\n${times('^\n')}`,
  'QIF of fields': `!Type:Bank\n${times('D\n')}`,
  'deep JSON': `{"transactionAmount":${times('[')}`,
  'deep objects': `{"transactionAmount":1,"a":${times('{"a":')}`,
  'an endless text in JSON': `{"made_on": "${times('\\"')}`,
  'lines of JSON': times('{"transactionAmount":1}\n'),
  'many accounts': `[${times('{"account_id":"1","balances":{"iso_currency_code":"EUR"}},')}{}]`,
  'many rows of one account': `{"transactions":{"booked":[${times('{"bookingDate":"2026-06-10","transactionAmount":{"amount":"1","currency":"EUR"}},').slice(0, -1)}]}}`,
  'bytes of no letter': times('\u0080\u00ff'),
};

test.each(Object.entries(WORST))('%s', (_, text) => {
  const bytes = Buffer.from(text);
  const begins = [() => readerOf(bytes), ...READERS.map((reader) => () => reader.read(bytes, OPTIONS))];
  for (const begin of begins) {
    try {
      begin();
    } catch (error) {
      if (!(error instanceof ReaderError)) throw error;
      expect(error.message.length).toBeLessThan(3000);
    }
  }
});

test.each([
  [
    'a constructor',
    '{"constructor":{"prototype":{"x":1}},"transactionAmount":{"amount":"1","currency":"EUR"},"__proto__":{"polluted":1}}',
  ],
  ['a CSV of names', '__proto__;constructor;Date\n1;2;2026-06-10\n'],
])('names that mean something to JavaScript stay names: %s', (_, text) => {
  for (const reader of READERS) {
    try {
      reader.read(Buffer.from(text), OPTIONS);
    } catch (error) {
      expect(error).toBeInstanceOf(ReaderError);
    }
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
