/** Who may send for whom, and which objects a message may have read. */
import { jest } from '@jest/globals';
import type { Context, SQSRecord } from 'aws-lambda';
import type { Client } from '../../functions/adapters/clients/client-items.ts';
import { openPayloadBucket } from '../../functions/adapters/imports/payload-bucket.ts';
import { makeImportRecipe } from '../../functions/handlers/import-worker/recipe.ts';
import { TransientError } from '../../functions/runtime/errors.ts';
import { captureLog } from '../functions/support/log.ts';
import { openStandIns } from '../functions/support/stand-ins.ts';

captureLog();
const ROLE = 'AROAEXAMPLEEXAMPLE001';
const client = (clientId: string, more: Partial<Client> = {}): Client => ({
  clientId,
  name: clientId,
  enabled: true,
  enabledProfiles: [],
  addresses: [],
  createdAt: '',
  ...more,
});
const CLIENTS = new Map(
  [
    client('open'),
    client('bound', { senders: [ROLE, 'AIDAEXAMPLEEXAMPLE002'] }),
    client('off', { enabled: false }),
  ].map((one) => [one.clientId, one]),
);

let standIns: Awaited<ReturnType<typeof openStandIns>>;
beforeAll(async () => {
  standIns = await openStandIns();
});
afterAll(() => standIns.close());

const accountsAt = jest.fn((place: { bucket: string; key: string }) =>
  openPayloadBucket('payloads', standIns.s3).getAccounts(place),
);
beforeEach(() => accountsAt.mockClear());

/** The reason for parking, or `taken` when it gets as far as the ledger, which here never exists. */
async function outcomeOf(
  clientId: string,
  { sender = `${ROLE}:session`, key }: { sender?: string; key?: string } = {},
) {
  const recipe = makeImportRecipe({
    service: () => Promise.reject(new TransientError('the ledger')),
    getClient: async (id) => CLIENTS.get(id),
    accountsAt,
    now: () => Date.parse('2026-11-22T12:00:00Z'),
  });
  const message = {
    type: 'owner-import',
    version: 1,
    clientId,
    importId: '1',
    ownerExternalId: 'o',
    source: 'AIS',
    importedAt: '2026-11-22T10:00:00Z',
    ...(key === undefined ? { accounts: [] } : { accountsAt: { bucket: 'payloads', key } }),
  };
  const attributes = { ApproximateReceiveCount: '1', SenderId: sender, SentTimestamp: '0' };
  const record = { messageId: 'm', body: JSON.stringify(message), attributes } as unknown as SQSRecord;
  const context = { getRemainingTimeInMillis: () => 60_000 } as Context;
  const outcome = (await recipe([record], context)).get('m');
  return outcome?.kind === 'parked' ? outcome.reason : outcome?.kind === 'retried' ? 'taken' : outcome?.kind;
}

describe('senders', () => {
  test('are all that IAM lets send, when the client names none', async () => {
    for (const sender of ['AIDAANYBODY', '', `${ROLE}:x`]) expect(await outcomeOf('open', { sender })).toBe('taken');
  });

  test.each([`${ROLE}:session`, `${ROLE}:another`, ROLE, 'AIDAEXAMPLEEXAMPLE002'])(
    '%s may, being named',
    async (sender) => {
      expect(await outcomeOf('bound', { sender })).toBe('taken');
    },
  );

  test.each(['', 'AIDASOMEBODYELSE00001', `${ROLE}2:session`, ROLE.slice(0, -1), `x${ROLE}`, ':', 'undefined'])(
    '%j may not send for a client that names others',
    async (sender) => {
      expect(await outcomeOf('bound', { sender })).toBe('SENDER_NOT_ALLOWED');
    },
  );

  test('get nothing read for a client that they may not send for, or that is none', async () => {
    standIns.objects.set('/payloads/imports/a.json', Buffer.from('[]'));
    expect(await outcomeOf('bound', { sender: 'AIDASOMEBODYELSE00001', key: 'imports/a.json' })).toBe(
      'SENDER_NOT_ALLOWED',
    );
    expect(await outcomeOf('off', { key: 'imports/a.json' })).toBe('UNKNOWN_CLIENT');
    expect(await outcomeOf('nobody', { key: 'imports/a.json' })).toBe('UNKNOWN_CLIENT');
    expect(accountsAt).not.toHaveBeenCalled();
  });
});

describe('objects', () => {
  test('in the folder of a client are that client’s alone, though it be disabled', async () => {
    for (const owner of ['open', 'bound', 'off']) {
      standIns.objects.set(`/payloads/imports/${owner}/a.json`, Buffer.from('[]'));
    }
    expect(await outcomeOf('open', { key: 'imports/open/a.json' })).toBe('taken');
    accountsAt.mockClear();
    for (const key of ['imports/bound/a.json', 'imports/off/a.json', 'imports/bound/deeper/a.json']) {
      expect(await outcomeOf('open', { key })).toBe('ACCOUNTS_AT_FORBIDDEN');
    }
    expect(accountsAt).not.toHaveBeenCalled();
  });

  test('in a folder of no client are whose message names them', async () => {
    standIns.objects.set('/payloads/imports/2026-11-22/a.json', Buffer.from('[]'));
    expect(await outcomeOf('open', { key: 'imports/2026-11-22/a.json' })).toBe('taken');
  });

  test.each([
    'imports/../elsewhere/a.json',
    'imports/open/../bound/a.json',
    'imports/./bound/a.json',
    'imports/..',
    '/imports/a.json',
    'http://169.254.169.254/latest/meta-data',
  ])('are not reached by %s', async (key) => {
    expect(await outcomeOf('open', { key })).toBe('ACCOUNTS_AT_FORBIDDEN');
  });

  test.each(['imports/\ud800', 'imports/a\0b', `imports/${'ż'.repeat(510)}`])(
    'cannot be called %j: parked, not retried',
    async (key) => {
      expect(await outcomeOf('open', { key })).toBe('ACCOUNTS_AT_MISSING');
    },
  );

  test('that would cost too much to parse are parked before they are', async () => {
    standIns.objects.set('/payloads/imports/deep.json', Buffer.from('['.repeat(30_000)));
    expect(await outcomeOf('open', { key: 'imports/deep.json' })).toBe('PAYLOAD_TOO_LARGE');
  });
});
