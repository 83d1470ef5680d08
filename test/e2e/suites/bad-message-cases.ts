/** Messages on an import queue: some that can never be processed, and odd but valid ones. */
import { type Account, day, iban, instant, message, petAccount, type Row, row } from '../support/messages.ts';

export type Bad = { readonly name: string; readonly body: string; readonly reason: string; readonly detail: RegExp };
export type Odd = { readonly name: string; readonly body: string; readonly owner: string; readonly fed?: number };

const MIB = 1024 * 1024;
const text = (value: unknown): string => JSON.stringify(value);
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const CURRENT = '@@';
/** A message in which a text is replaced by something that JSON.stringify would not write. */
const patched = (owner: string, account: Account, replacement: string, more: object = {}) =>
  text(message(owner, [account], { ...more })).replace(text(CURRENT), () => replacement);

export function badMessages(): Bad[] {
  const cases: Bad[] = [];
  const add = (name: string, body: string, detail: RegExp = /\S/, reason = 'INVALID_MESSAGE') =>
    cases.push({ name, body, detail, reason });
  const one = (name: string, more: Record<string, unknown>, detail?: RegExp) =>
    add(name, text(message('bad', [petAccount(50)], more)), detail);
  const account = (name: string, more: Partial<Account>, detail?: RegExp) =>
    add(name, text(message('bad', [petAccount(50, more)])), detail);
  const field = (name: string, more: Partial<Row>, detail: RegExp) =>
    account(name, { covers: undefined!, transactions: [row(day(-3)), row(day(-3), more)] }, detail);
  const amount = /accounts\[0\]\.transactions\[1\]\.currencyAmount/;
  const bookedOn = /accounts\[0\]\.transactions\[1\]\.bookedOn/;

  for (const [name, body] of Object.entries({
    'no JSON': 'hello',
    'half a message': text(message('bad', [petAccount(50)])).slice(0, -1),
    'two messages': '{}{}',
    'a NaN': patched('bad', petAccount(50, { transactions: [row(day(-3), { currencyAmount: CURRENT })] }), 'NaN'),
    XML: '<import/>',
  }))
    add(name, body, /\S/, 'NOT_JSON');
  for (const body of ['null', '[]', '{}', '"text"', '17', '[[]]', text([message('bad', [petAccount(50)])])]) {
    add(`JSON, but ${body.slice(0, 20)}`, body);
  }
  for (const name of Object.keys(message('', []))) {
    one(`without ${name}`, { [name]: undefined }, new RegExp(name));
    one(`${name} null`, { [name]: null }, new RegExp(name));
    one(`${name} an object`, { [name]: { a: 1 } }, new RegExp(name));
  }
  one('another type', { type: 'owner-export' }, /type/);
  one('another version', { version: 2 }, /version/);
  one('version as text', { version: '1' }, /version/);
  one('an unknown source', { source: 'FAX' }, /source/);
  one('an empty importId', { importId: '' }, /importId/);
  one('a control character in the owner id', { ownerExternalId: 'a\0b' }, /ownerExternalId/);
  one('a lone surrogate in the owner id', { ownerExternalId: 'a\ud800b' }, /ownerExternalId/);
  one('an owner id of 257 characters', { ownerExternalId: 'x'.repeat(257) }, /ownerExternalId/);
  one('an empty owner id', { ownerExternalId: '' }, /ownerExternalId/);
  for (const at of ['yesterday', '2026-02-30T10:00:00Z', '2026-01-01T25:00:00Z', '2026-01-01', 1_700_000_000_000]) {
    one(`importedAt ${at}`, { importedAt: at }, /importedAt/);
  }
  one('imported 11 minutes ahead', { importedAt: instant(11) }, /importedAt/);
  one('imported before 2000', { importedAt: '1999-12-31T23:59:59Z' }, /importedAt/);
  add('an unknown client', text(message('bad', [petAccount(50)], { clientId: 'nobody' })), /\S/, 'UNKNOWN_CLIENT');
  add('a client __proto__', text(message('bad', [petAccount(50)], { clientId: '__proto__' })), /\S/, 'UNKNOWN_CLIENT');

  for (const value of [
    'NaN',
    'Infinity',
    '-Infinity',
    '',
    ' ',
    '1,50',
    '1e400',
    '0x10',
    '1 000.00',
    '12.34.56',
    '--1',
  ]) {
    field(`the amount ${text(value)}`, { currencyAmount: value }, amount);
  }
  for (const value of ['1.12345678901234567890', '1000000000001', '-1000000000001', '9'.repeat(60)]) {
    field(`the amount ${value}`, { currencyAmount: value }, amount);
  }
  for (const value of [1e13, -1e13, true, null, {}, ['1']]) {
    field(`the amount ${text(value)}, no text`, { currencyAmount: value as string }, amount);
  }
  const huge = { covers: undefined!, transactions: [row(day(-3)), row(day(-3), { currencyAmount: CURRENT })] };
  add('the number 1e400', patched('bad', petAccount(50, huge), '1e400'), amount);
  for (const value of [
    '2026-02-30',
    '2025-13-01',
    '2026-00-10',
    '20260101',
    day(-3).slice(2),
    `${day(-3)}T00:00:00Z`,
    5,
  ]) {
    field(`booked on ${value}`, { bookedOn: value as string }, bookedOn);
  }
  field('an impossible transactionOn', { transactionOn: '2026-02-30' }, /transactions\[1\]\.transactionOn/);
  field('a title that is a number', { title: 5 as unknown as string }, /transactions\[1\]\.title/);
  field('an unknown status', { status: 'GONE' as 'DONE' }, /transactions\[1\]\.status/);
  field('labels that are a text', { labels: 'pets' as unknown as string[] }, /transactions\[1\]\.labels/);
  const deep = { covers: undefined!, transactions: [row(day(-3), { title: CURRENT })] };
  add('a title nested 10,000 deep', patched('bad', petAccount(50, deep), nested(10_000)), /transactions\[0\]\.title/);
  add('accounts nested 10,000 deep', text(message('bad', [])).replace('"accounts":[]', `"accounts":${nested(10_000)}`));

  for (const currencyName of ['zł', 'pln', 'PL', 'PLNX', '', 'P1N', 'constructor']) {
    account(`the currency ${text(currencyName)}`, { currencyName }, /accounts\[0\]\.currencyName/);
  }
  account('neither IBAN nor accountId', { iban: undefined! }, /accounts\[0\]/);
  account('an IBAN too short', { iban: iban(50).slice(0, -1) }, /accounts\[0\]\.iban/);
  account('an IBAN too long', { iban: `${iban(50)}0` }, /accounts\[0\]\.iban/);
  account('an IBAN of no form', { iban: '12345678' }, /accounts\[0\]\.iban/);
  const covers = (name: string, from: string, to: string, transactions: Row[] = []) =>
    account(name, { covers: { from, to }, transactions }, /accounts\[0\]/);
  covers('booked before what is covered', day(-10), day(-2), [row(day(-11))]);
  covers('booked after what is covered', day(-10), day(-2), [row(day(-1))]);
  covers('from after to', day(-2), day(-10));
  covers('4,019 days', day(-4020), day(-2));
  covers('an impossible from', '2026-02-30', day(-2));
  covers('a covered day after tomorrow', day(-10), day(2));
  account(
    'covers without an end',
    { covers: { from: day(-10) } as Account['covers'] & object },
    /accounts\[0\]\.covers/,
  );
  const twice = {
    ...petAccount(50),
    iban: `${iban(50)
      .toLowerCase()
      .replace(/(.{4})/g, '$1 ')}`,
  };
  add('the same account twice', text(message('bad', [petAccount(50), twice])), /accounts\[1\]/);
  const named = { accountId: 'A', currencyName: 'EUR', transactions: [] };
  add('the same accountId twice', text(message('bad', [named, named])), /accounts\[1\]/);
  one('accounts and accountsAt', { accountsAt: { bucket: 'b', key: 'imports/x' } }, /accounts/);
  const stolen = text(message('bad', [petAccount(50)], { source: undefined }));
  add('a source by __proto__ alone', stolen.replace('{', '{"__proto__":{"source":"AIS"},'), /source/);
  return cases;
}

export function oddMessages(): Odd[] {
  const cases: Odd[] = [];
  const add = (name: string, body: string, fed?: number) =>
    cases.push({ name, body, owner: name, ...(fed === undefined ? {} : { fed }) });
  const one = (name: string, account: Partial<Account> = {}, more: Record<string, unknown> = {}, fed?: number) =>
    add(name, text(message(name, [petAccount(51, account)], more)), fed);
  const rows = (more: Partial<Row>) => ({
    transactions: petAccount(51).transactions!.map((old) => ({ ...old, ...more })),
  });

  one('odd currency', { currencyName: 'XQZ' }, {}, 6);
  one('no accounts but one without rows', { transactions: [] }, {}, 0);
  add('empty accounts', text(message('empty accounts', [])));
  one('no transactions at all', { transactions: undefined!, covers: undefined! });
  one('amounts as numbers', rows({ currencyAmount: -49.99 }), {}, 6);
  one('the largest amounts', rows({ currencyAmount: '-999999999999.99' }), {}, 6);
  one('nothing and minus nothing', {
    transactions: [row(day(-3), { currencyAmount: -0 }), row(day(-3), { currencyAmount: '0' })],
  });
  one('unknown fields', { colour: 'red', ...rows({ mood: { deep: [1] } }) }, { futureField: [null] }, 6);
  one('lone surrogates in titles', rows({ title: 'ZOOPLUS \ud83d', party: '\udc15 ZOOPLUS' }), {}, 6);
  one('emoji, NUL and RTL in titles', rows({ title: '\u202e ZOOPLUS \0 \u{1f415} زو' }), {}, 6);
  one('odd labels', rows({ labels: ['__proto__', 'constructor', 'hasOwnProperty', '\u{1f415}'] }), {}, 6);
  one('wrong check digits', { iban: `PL00${iban(51).slice(4)}` }, {}, 6);
  one('an IBAN with blanks', { iban: iban(51).replace(/(.{4})/g, '$1\u00a0') }, {}, 6);
  one('imported 9 minutes ahead', {}, { importedAt: instant(9) }, 6);
  one('imported with an offset', {}, { importedAt: instant(-600).replace('Z', '+02:00') }, 6);
  one('4,018 days', { covers: { from: day(-4019), to: day(-2) } }, {}, 6);
  one('until tomorrow', { covers: { from: day(-200), to: day(1) } }, {}, 6);
  one('__proto__');
  one('empty texts', rows({ party: '', status: '' as 'DONE', transactionOn: '', labels: [] }), {}, 6);
  add('a byte order mark', `\uFEFF${text(message('a byte order mark', [petAccount(51)]))}`, 6);
  const pockets = [petAccount(51), petAccount(51, { currencyName: 'EUR', transactions: [] })];
  add('two currencies of an IBAN', text(message('two currencies of an IBAN', pockets)), 6);

  const deep = text(message('nested', [petAccount(51)]));
  add('nested', deep.replace('{', `{"unknown":${nested(10_000)},`), 6);
  const polluting = text(message('polluting', [petAccount(51)]));
  const pollution = '"__proto__":{"clientId":"nobody","polluted":1},"constructor":{"prototype":{"polluted":1}},';
  add('polluting', polluting.replaceAll('{', (brace) => `${brace}${pollution}`).replaceAll(`{${pollution}}`, '{}'), 6);
  const doubled = text(message('doubled', [petAccount(51)]));
  add('doubled', doubled.replace('{', '{"ownerExternalId":"first","clientId":"nobody","accounts":5,'), 6);

  // As many rows as fit into a message, six of them for the pet; filled up to the last byte but one.
  const filler = (length: number) => {
    const transactions = petAccount(51).transactions!;
    for (let at = 0; at < 6000; at += 1) {
      transactions.push(row(day(-3 - (at % 150)), { title: `KAUFLAND ${at} ${'ż'.repeat(20)}` }));
    }
    return text(message('one MiB', [petAccount(51, { transactions })], { padding: 'x'.repeat(length) }));
  };
  add('one MiB', filler(MIB - 1 - Buffer.byteLength(filler(0))), 6);
  return cases;
}
