import { isBefore, ownerIn } from '../../cli/failures/erased.ts';
import { ownerProfiles } from './command-line.ts';
import { depth, fail, failures, message, notes, out } from './failure-queues.ts';

describe('list', () => {
  test('reports for both queues what failed and why, names no person, and leaves everything visible', async () => {
    const [parked] = await fail('parked', { body: message('anna-pl'), reason: 'UNKNOWN_CLIENT' });
    const [torn] = await fail('parked', { body: '{"title":"ZOOPLUS', reason: 'NOT_JSON' });
    const [dead] = await fail('dead', { body: message('anna-pl', { source: 'PDF' }) });
    expect(await failures('list')).toBe(0);
    const row = (id: string | undefined) => out[0]?.split('\n').find((line) => line.includes(String(id)));
    expect(row(parked)).toMatch(
      /│ parked │ UNKNOWN_CLIENT │ demo\s+│ 01JCTZ7T9Y3V5W8X2K4M6N8P0Q\s+│ AIS\s+│ \d+ s\s+│ 1\s+│ \d+ B/,
    );
    expect(row(torn)).toMatch(/│ parked │ NOT_JSON\s+│ –\s+│ –\s+│ –\s+│ \d+ s\s+│ 1\s+│ 17 B/);
    expect(row(dead)).toMatch(/│ dead\s+│ –\s+│ demo\s+│ 01JCTZ7T9Y3V5W8X2K4M6N8P0Q\s+│ PDF/);
    expect(out.join()).not.toMatch(/anna|ZOOPLUS|PL61/);
    expect([await depth('parked'), await depth('dead')]).toEqual([
      [2, 0],
      [1, 0],
    ]);
  });

  test('can be narrowed, each message once however many there are', async () => {
    await fail('parked', ...Array.from({ length: 23 }, () => ({ body: message('o'), reason: 'INVALID_MESSAGE' })));
    await fail('parked', { body: message('o', { clientId: 'other' }), reason: 'UNKNOWN_CLIENT' });
    await fail('dead', { body: message('o') });
    const listed = async (...args: string[]) => {
      out.splice(0);
      expect(await failures('list', '--json', ...args)).toBe(0);
      const ids = JSON.parse(String(out[0])).failures.map(({ id }: { id: string }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      return ids.length;
    };
    expect(await listed()).toBe(25);
    expect(await listed('--queue', 'dead')).toBe(1);
    expect(await listed('--reason', 'INVALID_MESSAGE')).toBe(23);
    expect(await listed('--client', 'other')).toBe(1);
    expect(await listed('--limit', '4')).toBe(4);
    expect(await depth('parked')).toEqual([24, 0]);
  });

  test('a parked message has the id by which its publisher and the worker know it, and is found by it', async () => {
    const ids = ['11111111-2222-3333-4444-555555555555', '66666666-7777-8888-9999-000000000000'];
    // Parked twice, because the worker died before it could remove the message: both copies have its id.
    for (const messageId of [ids[0]!, ids[0]!, ids[1]!]) {
      await fail('parked', { body: message('o'), reason: 'INVALID_MESSAGE', messageId });
    }
    expect(await failures('list', '--json')).toBe(0);
    const { failures: listed } = JSON.parse(String(out.pop()));
    expect(listed.map(({ id, detail }: Record<string, string>) => [id, detail]).sort()).toEqual(
      [ids[0], ids[0], ids[1]].map((id) => [id, 'why it is INVALID_MESSAGE']),
    );
    expect(await failures('show', ids[1]!)).toBe(0);
    expect(await failures('retry', ids[1]!)).toBe(0);
    expect(out.pop()).toBe('sent 1 back to the import queue');
    expect(await failures('purge', ids[0]!, '--yes')).toBe(0);
    expect([out.pop(), await depth('parked')]).toEqual(['removed 2', [0, 0]]);
  });

  test('says that there is nothing', async () => {
    expect(await failures('list')).toBe(0);
    expect([out, notes]).toEqual([[], ['no failures']]);
  });
});

describe('show', () => {
  test('keeps days, currencies, counts and the shape of what is wrong; the rest is masked', async () => {
    const body = message('anna-pl', { unknownField: 'Anna Nowak', 'Anna Nowak': 1, accountsAt: { bucket: 'b' } });
    const [id] = await fail('parked', { body, reason: 'INVALID_MESSAGE' });
    expect(await failures('show', String(id))).toBe(0);
    const [facts, masked] = String(out[0]).split('\n\n');
    expect(facts).toMatch(
      /^id +[0-9a-f-]{36}\nqueue +parked\nreason +INVALID_MESSAGE\ndetail +why it is INVALID_MESSAGE\nclientId +demo\nimportId +01JCTZ7T9Y3V5W8X2K4M6N8P0Q\nsource +AIS\n/,
    );
    expect(JSON.parse(String(masked))).toEqual({
      ...{ type: 'owner-import', version: 1, clientId: 'demo', importId: '01JCTZ7T9Y3V5W8X2K4M6N8P0Q' },
      ...{ ownerExternalId: '••• (7)', source: 'AIS', importedAt: '2026-11-21T10:15:30Z' },
      accounts: [
        {
          ...{ iban: '••• (28)', currencyName: 'PLN', covers: { from: '2026-08-01', to: '2026-11-20' } },
          transactions: [
            { bookedOn: '2026-11-19', currencyAmount: '••• (6)', title: '••• (19)', party: '••• (10)' },
            {
              ...{ bookedOn: '99.99.9999', currencyAmount: '99,99', title: '••• (4)' },
              ...{ status: 'aaaaa', labels: ['••• (4)'] },
            },
            { bookedOn: '2026-11-18', currencyAmount: '••• (number)', title: '••• (0)' },
            '… and 3 more',
          ],
        },
      ],
      unknownField: '••• (10)',
      '••• (field 10)': '••• (number)',
      accountsAt: { bucket: '••• (1)' },
    });
    expect(await depth('parked')).toEqual([1, 0]);
  });

  test.each([
    ['june/2026-4711', 'june/2026-4711'],
    ['anna-pl-june', '••• (12)'],
    ['x-PL61109010140000071219812874', '••• (30)'],
    ['the import of Anna', null],
  ])('shows the client’s own importId, unless it reveals whose it is: %s', async (importId, shown) => {
    const [id] = await fail('parked', {
      body: `\uFEFF${JSON.stringify(message('anna-pl', { importId }))}`,
      reason: 'INVALID_MESSAGE',
    });
    expect(await failures('show', String(id), '--json')).toBe(0);
    const told = JSON.parse(String(out[0]));
    expect([told.importId, JSON.parse(told.body).importId]).toEqual([shown, shown ?? '••• (18)']);
  });

  test('of what is no JSON shows the shape of its first lines', async () => {
    const body = '{"title":"ŻABKA 12",\n"iban": PL61\u202e[31m\n';
    const [id] = await fail('dead', { body });
    expect(await failures('show', String(id))).toBe(0);
    expect(String(out[0]).split('\n\n')[1]).toBe('{"aaaaa":"aaaaa 99",\n"aaaa": aa99\ufffd[99a\n');
  });

  test('shows the body as it is only when asked to, and warns', async () => {
    const [id] = await fail('parked', { body: message('anna-pl'), reason: 'UNKNOWN_CLIENT' });
    expect(await failures('show', String(id), '--unmasked')).toBe(0);
    expect(out[0]).toContain('ZOOPLUS.PL MUENCHEN');
    expect(notes).toEqual(['warning: this is personal data; do not copy it into tickets, chats or files']);
  });

  test('of an id that nobody knows is exit code 3', async () => {
    expect(await failures('show', 'nothing')).toBe(3);
  });
});

describe('purge', () => {
  test('removes what is chosen', async () => {
    await fail('parked', { body: message('a'), reason: 'UNKNOWN_CLIENT' }, { body: 'x', reason: 'NOT_JSON' });
    await fail('dead', { body: message('c') });
    expect(await failures('purge', '--reason', 'NOT_JSON', '--yes')).toBe(0);
    expect(out).toEqual(['removed 1']);
    expect([await depth('parked'), await depth('dead'), await depth('imports')]).toEqual([
      [1, 0],
      [1, 0],
      [0, 0],
    ]);
  });
});

test('what is held of an owner who was erased can be removed, and nothing else', async () => {
  await fail(
    'parked',
    { body: message('erased') },
    { body: message('other') },
    { body: message('erased', { clientId: 'x' }) },
  );
  await fail('dead', { body: message('erased') });
  expect(await failures('purge', '--owner', 'erased', '--yes')).toBe(2);
  expect(await failures('purge', '--client', 'demo', '--owner', 'erased', '--yes')).toBe(0);
  expect(out).toEqual(['removed 2']);
  expect([await depth('parked'), await depth('dead')]).toEqual([
    [2, 0],
    [0, 0],
  ]);
});

describe('wrong usage is exit code 2 and changes nothing', () => {
  test.each([
    ['retry'],
    ['retry', '--all'],
    ['retry', 'an-id', '--all'],
    ['retry', '--all', '--yes', '--rate', 'fast'],
    ['purge', '--all'],
    ['purge', '--yes'],
    ['list', '--queue', 'imports'],
    ['list', '--limit', '0'],
  ])('%j', async (...args) => {
    await fail('parked', { body: message('a'), reason: 'UNKNOWN_CLIENT' });
    expect(await failures(...args)).toBe(2);
    expect(await depth('parked')).toEqual([1, 0]);
  });

  test('and so is a service that nobody knows', async () => {
    const outcome = await ownerProfiles(['failures', 'list']);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(/^error: no failure queue is known\n {2}start the service/);
  });
});

test('a failure is of the time before an erasure by the date of its import, or because it had failed by then', () => {
  const failure = (importedAt: unknown, sentAt: number) => ({ body: JSON.stringify({ importedAt }), sentAt });
  const at = Date.parse('2026-11-21T10:00:00Z');
  expect(isBefore(failure('2026-11-21T10:00:00Z', at + 1), at)).toBe(true);
  expect(isBefore(failure('2026-11-21T10:00:01Z', at + 1), at)).toBe(false);
  expect(isBefore(failure('2026-11-21T10:00:01Z', at), at)).toBe(true);
  expect(isBefore(failure('yesterday', at + 1), at)).toBe(false);
  expect(isBefore({ body: 'not JSON', sentAt: at + 1 }, at)).toBe(false);
  expect(isBefore(failure('2026-11-21T10:00:00Z', 0), 0)).toBe(false);
});

test.each([
  ['demo', 'o-1', ['demo', 'o-1']],
  ['x'.repeat(3_000), 'o-1', undefined],
  ['Demo#client', 'o-1', undefined],
  [7, 'o-1', undefined],
  ['demo', undefined, undefined],
])('whether an owner was erased is asked only where there can be the client', (clientId, ownerExternalId, owner) => {
  expect(ownerIn({ clientId, ownerExternalId })).toEqual(owner);
});
