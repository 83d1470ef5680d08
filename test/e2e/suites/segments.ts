/** From one owner to all: a snapshot of the second client, and all queries on it, within the rights of its keys. */
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { parquetReadObjects } from 'hyparquet';
import { ownerProfiles } from '../../cli/command-line.ts';
import { call, expectProblem, ownerPath } from '../support/http.ts';
import { day, iban, message, petAccount, row } from '../support/messages.ts';
import { drained, s3Of, sendAll } from '../support/queues.ts';
import type { Running } from '../support/service.ts';
import { until } from '../support/until.ts';

const OWNERS = 24;
const nameOf = (owner: number) => (owner === 0 ? 'segment "0", ö' : `segment ${String(owner).padStart(2, '0')}`);

export function segments(service: () => Running): void {
  const client = () => service().outputs.Clients[1]!;
  const keys = new Map<string, string>();
  const ask = (path: string, options: { method?: string; key?: string; body?: object } = {}) =>
    call(service(), `/v1/${path}`, {
      method: options.method ?? 'GET',
      key: options.key ?? client().ApiKey,
      ...(options.body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(options.body) }),
    });
  const taken = async (body: object): Promise<string> => {
    const started = await ask('snapshots', { method: 'POST', body });
    expect([started.status, Object.keys(started.body)]).toEqual([202, ['snapshotId']]);
    const { snapshotId } = started.body;
    expect(new URL(started.headers.location ?? '', 'http://h/v1/snapshots').pathname).toBe(
      `/v1/snapshots/${snapshotId}`,
    );
    await until(
      'the end of the snapshot',
      async () => (await ask(`snapshots/${snapshotId}`)).body.status === 'finished',
      {
        within: 60_000,
        every: 200,
      },
    );
    return snapshotId;
  };
  /** The rows for Athena of the slice whose Parquet file has this URL. */
  const rowsForAthena = async (url: string) => {
    const [, Bucket, ...folders] = decodeURIComponent(new URL(url).pathname).split('/');
    const Key = folders.join('/').replace('/files/parquet/', '/sql/');
    const { Body } = await s3Of(service()).send(new GetObjectCommand({ Bucket, Key }));
    const { buffer } = Uint8Array.from(await Body!.transformToByteArray());
    return parquetReadObjects({ file: buffer });
  };
  const where = (expression: string) => `where=${encodeURIComponent(expression)}`;
  let first = '';
  let others = 0;

  beforeAll(async () => {
    const told = Array.from({ length: OWNERS }, (_, owner) => {
      const cafes = Array.from({ length: owner }, (__, at) =>
        row(day(-5 - at), { title: 'STARBUCKS', currencyAmount: '-10.00' }),
      );
      const strange = [row(day(-20), { title: 'ZXQWV 4711 BRZDENG' })];
      const account = petAccount(700 + owner);
      const transactions = [...(owner % 2 === 0 ? account.transactions! : []), ...cafes, ...strange];
      return message(nameOf(owner), [{ ...account, iban: iban(700 + owner), transactions }], {
        clientId: client().ClientId,
      });
    });
    await sendAll(service(), told);
    await drained(service());
    for (const scope of ['segments:read', 'read', 'export', 'write']) {
      const made = await ownerProfiles(['keys', 'create', client().ClientId, '--scopes', scope], {
        env: { DATA_DIR: service().directory },
      });
      keys.set(scope, made.stdout.trim());
    }
    first = await taken({ features: ['cafe.count 180d', 'cafe.total 180d'], unlabelled: true });
    const all = await ask(`snapshots/${first}/owners?${where('pet-owner | !pet-owner')}&limit=1000`);
    others = all.body.owners.filter(
      (owner: { ownerExternalId: string }) => !owner.ownerExternalId.startsWith('segment'),
    ).length;
  }, 120_000);

  test('it counts the owners of each profile, and look-ups agree', async () => {
    const { body } = await ask(`snapshots/${first}`);
    expect(body).toMatchObject({
      status: 'finished',
      asOf: day(0),
      owners: OWNERS + others,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(Date.parse(body.watermark)).toBeLessThanOrEqual(Date.parse(body.finishedAt));
    const listed = await ask('snapshots?limit=1');
    expect([listed.status, listed.body.snapshots]).toEqual([200, [body]]);
    const size = body.profiles.find(({ profile }: { profile: string }) => profile === 'pet-owner');
    const page = await ask(`snapshots/${first}/owners?${where('pet-owner')}&limit=5`);
    expect([page.body.total, page.body.owners.length]).toEqual([size.members, 5]);
    const next = await ask(`snapshots/${first}/owners?${where('pet-owner')}&limit=1000&cursor=${page.body.cursor}`);
    const ids = [...page.body.owners, ...next.body.owners].map(({ ownerExternalId }) => ownerExternalId);
    expect([next.body.cursor, ids]).toEqual([null, [...ids].sort()]);
    expect(ids).toEqual(expect.arrayContaining([0, 2, 4].map(nameOf)));
    for (const { ownerExternalId, profiles } of next.body.owners.slice(0, 5)) {
      const answer = await call(service(), ownerPath('owner-profiles', ownerExternalId), { key: client().ApiKey });
      expect(answer.body.profiles).toEqual(profiles);
    }
    const counts = await ask(`snapshots/${first}/counts?${where('pet-owner')}&by=profile`);
    expect(counts.body.total).toBe(size.members);
    expect(counts.body.profiles).toContainEqual({ profile: 'pet-owner', owners: size.members });
  });

  test('a kept feature is spread as its values are; the tables hold them too', async () => {
    const { body } = await ask(`snapshots/${first}/distributions?feature=cafe.count&window=180d`);
    expect([body.owners, body.missing, body.quantiles['1']]).toEqual([OWNERS + others, 0, OWNERS - 1]);
    expectProblem(await ask(`snapshots/${first}/distributions?feature=cafe.count&window=30d`), 409, 'NOT_KEPT');
    const { files } = (await ask(`snapshots/${first}/files`)).body;
    const rows: Record<string, unknown>[] = [];
    const forAthena: Record<string, unknown>[] = [];
    for (const { format, url, bytes } of files) {
      const response = await fetch(url);
      const content = await response.arrayBuffer();
      expect([response.status, content.byteLength]).toEqual([200, bytes]);
      if (format === 'parquet') {
        rows.push(...(await parquetReadObjects({ file: content })));
        forAthena.push(...(await rowsForAthena(url)));
      } else
        expect(Buffer.from(content).toString()).toMatch(
          /^ownerExternalId,profiles,notJudged,cafe.count\/180d,cafe.total\/180d\r\n/,
        );
    }
    expect(rows.length).toBe(OWNERS + others);
    const one = rows.find(({ ownerExternalId }) => ownerExternalId === nameOf(4));
    expect(one).toMatchObject({ profiles: ['pet-owner'], 'cafe.count/180d': 4 });
    expect(forAthena).toEqual(
      rows.map(({ 'cafe.count/180d': count, 'cafe.total/180d': total, ...rest }) => ({
        ...rest,
        cafe_count_180d: count,
        cafe_total_180d: total,
      })),
    );
    const { merchants } = (await ask(`snapshots/${first}/unlabelled`)).body;
    expect(merchants[0]).toMatchObject({ text: 'zxqwv # brzdeng', owners: OWNERS, transactions: OWNERS });
  });

  test('a key may do what its scopes say, and one for counts learns of no fewer than ten', async () => {
    const statuses = async (scope: string) => {
      const key = { key: keys.get(scope) ?? '' };
      const paths = ['', `/counts?${where('pet-owner')}`, `/owners?${where('pet-owner')}`, '/files'];
      return Promise.all(paths.map(async (path) => (await ask(`snapshots/${first}${path}`, key)).status));
    };
    expect(await statuses('segments:read')).toEqual([200, 200, 403, 403]);
    expect(await statuses('read')).toEqual([200, 200, 200, 403]);
    expect(await statuses('export')).toEqual([403, 403, 403, 200]);
    expect(await statuses('write')).toEqual([403, 403, 403, 403]);
    const key = { key: keys.get('segments:read') ?? '' };
    const { body } = await ask(`snapshots/${first}`, key);
    const numbers = [
      body.owners,
      ...body.profiles.flatMap((one: Record<string, number>) => [one['members'], one['notJudged']]),
    ];
    expect(numbers.filter((owners) => owners % 10 !== 0)).toEqual([]);
    expect((await ask(`snapshots/${first}/counts?${where('!pet-owner & pet-owner')}`, key)).body).toEqual({ total: 0 });
    const spread = (await ask(`snapshots/${first}/distributions?feature=cafe.count&window=180d`, key)).body;
    expect(Object.keys(spread.quantiles)).not.toContain('1');
    const changed = `snapshots/${first}/changes?since=${first}`;
    expect((await ask(changed, key)).status).toBe(200);
    expectProblem(await ask(`${changed}&profile=pet-owner&change=left`, key), 403, 'FORBIDDEN');
  });

  test('a sample is part of the whole, always the same part, and says so', async () => {
    const sampled = { features: ['cafe.count 180d'], sample: 0.5 };
    const [one, two] = [await taken(sampled), await taken(sampled)];
    const rowsOf = async (id: string) => {
      const { files } = (await ask(`snapshots/${id}/files`)).body;
      const csv = files.filter(({ format }: { format: string }) => format === 'csv');
      const texts: string[] = await Promise.all(csv.map(async ({ url }: { url: string }) => (await fetch(url)).text()));
      return texts.flatMap((text) => text.split('\r\n').slice(1, -1)).sort();
    };
    const rows = await rowsOf(one);
    expect(await rowsOf(two)).toEqual(rows);
    // The whole keeps one feature more, behind these columns.
    const whole = (await rowsOf(first)).map((row) => row.slice(0, row.lastIndexOf(',')));
    expect(whole).toEqual(expect.arrayContaining(rows));
    const { body } = await ask(`snapshots/${one}`);
    expect([body.sample, body.owners, rows.length < whole.length]).toEqual([0.5, rows.length, true]);
    const spread = (await ask(`snapshots/${one}/distributions?feature=cafe.count&window=180d`)).body;
    const counts = rows.map((row) => Number(row.slice(row.lastIndexOf(',') + 1)));
    expect([spread.owners, spread.quantiles['1']]).toEqual([rows.length, Math.max(...counts)]);
    const estimate = await ask('snapshots', { method: 'POST', body: { ...sampled, estimateOnly: true } });
    expect([estimate.status, estimate.body.estimated]).toEqual([200, true]);
    const ids = async (query: string) =>
      (await ask(`snapshots${query}`)).body.snapshots.map(({ snapshotId }: { snapshotId: string }) => snapshotId);
    expect([await ids('?limit=1'), await ids('?limit=2&samples=true')]).toEqual([[first], [two, one]]);
    expectProblem(await ask('snapshots?samples=1'), 400, 'INVALID_PARAMETER');
    expectProblem(await ask(`snapshots/${one}/changes?since=${first}`), 400, 'INVALID_PARAMETER');
    for (const sample of [0, 1, 1.5, -0.1, '0.5'])
      expectProblem(await ask('snapshots', { method: 'POST', body: { sample } }), 400, 'INVALID_PAYLOAD');
  });

  test('an erased owner has left every list, and counts as left', async () => {
    const before = (await ask(`snapshots/${first}`)).body;
    const erased = await call(service(), ownerPath('owner', nameOf(0)), { method: 'DELETE', key: client().ApiKey });
    expect(erased.status).toBe(204);
    expect((await ask(`snapshots/${first}`)).body).toEqual(before);
    const { body } = await ask(`snapshots/${first}/owners?${where('pet-owner | !pet-owner')}&limit=1000`);
    expect(body.owners.map(({ ownerExternalId }: { ownerExternalId: string }) => ownerExternalId)).not.toContain(
      nameOf(0),
    );
    for (const { url, format } of (await ask(`snapshots/${first}/files`)).body.files) {
      if (format === 'csv') expect(await (await fetch(url)).text()).not.toContain('segment ""0""');
    }
    const second = await taken({});
    const since = `snapshots/${second}/changes?since=${first}`;
    const pets = (await ask(since)).body.profiles.find(({ profile }: { profile: string }) => profile === 'pet-owner');
    expect(pets).toEqual({ profile: 'pet-owner', entered: 0, left: 1 });
    expect((await ask(`${since}&profile=pet-owner&change=left`)).body).toEqual({ owners: [], cursor: null });
    expectProblem(await ask(`snapshots/${second}/unlabelled`), 409, 'NOT_KEPT');
  });

  test('odd requests get an error that says what is wrong', async () => {
    const invalid = async (path: string) =>
      expectProblem(await ask(`snapshots/${first}/${path}`), 400, 'INVALID_PARAMETER');
    for (const odd of [
      '',
      '?where=',
      `?${where('pet-ovner')}`,
      `?${where('pet-owner &')}`,
      `?${where('pet-owner')}&limit=0`,
    ]) {
      await invalid(`owners${odd}`);
    }
    for (const odd of [`${where('pet-owner')}&by=owner`, 'by=profile']) await invalid(`counts?${odd}`);
    await invalid(`owners?${where('pet-owner')}&cursor=%00`);
    await invalid('changes');
    await invalid(`changes?since=${first}&change=left`);
    await invalid(`changes?since=${first}&profile=nobody&change=left`);
    await invalid('distributions?window=180d');
    await invalid('distributions?feature=cafe.count&window=180');
    expectProblem(await ask('snapshots/none'), 404, 'SNAPSHOT_NOT_FOUND');
    expectProblem(await ask(`snapshots/${first}`, { key: service().outputs.ApiKey }), 404, 'SNAPSHOT_NOT_FOUND');
    expectProblem(await ask(`snapshots/${first}/changes?since=none`), 404, 'SNAPSHOT_NOT_FOUND');
    const bodies = [
      { features: ['cafe.cuont 180d'] },
      { features: ['cafe.count'] },
      { features: [1] },
      { more: 1 },
      { features: Array.from({ length: 61 }, () => 'cafe.count 1d') },
    ];
    for (const body of bodies) expectProblem(await ask('snapshots', { method: 'POST', body }), 400, 'INVALID_PAYLOAD');
    expectProblem(await ask('snapshots', { method: 'PUT', body: {} }), 405, 'METHOD_NOT_ALLOWED');
  });
}
