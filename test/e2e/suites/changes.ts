/** Changes of owners' lists, as their client receives them. */
import { type Answer, call, expectProblem, known, ownerPath } from '../support/http.ts';
import { day, instant, message, petAccount, row } from '../support/messages.ts';
import { drained, send } from '../support/queues.ts';
import type { Running } from '../support/service.ts';
import { until } from '../support/until.ts';

type Change = {
  readonly id: string;
  readonly sequence: number;
  readonly ownerExternalId: string;
  readonly profiles: readonly string[];
  readonly cause: string;
};

export const changesAfter = (service: Running, cursor?: string, more = ''): Promise<Answer> =>
  call(service, `/v1/changes?${cursor === undefined ? '' : `after=${cursor}`}${more}`);

/** Waits until this many changes of the owner after the cursor are listed. */
export const changesOf = (service: Running, owner: string, many: number, cursor?: string): Promise<Change[]> =>
  until(`${many} changes of ${owner}`, async () => {
    const found: Change[] = [];
    for (let next = cursor; ; ) {
      const { body } = await changesAfter(service, next, '&limit=50');
      found.push(...body.changes.filter((change: Change) => change.ownerExternalId === owner));
      if (body.changes.length === 0) return found.length >= many && found;
      next = body.cursor;
    }
  });

export function changes(service: () => Running): void {
  /** The current end of the feed. */
  const end = async (): Promise<string> => {
    for (let cursor: string | undefined; ; ) {
      const { body } = await changesAfter(service(), cursor, '&limit=1000');
      if (body.changes.length === 0) return body.cursor;
      cursor = body.cursor;
    }
  };
  const erase = (owner: string) => call(service(), ownerPath('owner', owner), { method: 'DELETE' });

  test('an import, a correction, an erasure and a new beginning yield a change each, numbered on', async () => {
    const owner = 'changing';
    const begun = await end();
    await send(service(), message(owner, [petAccount(40)], { importedAt: instant(-9) }));
    const { body: answer } = await known(service(), owner);
    expect(await changesOf(service(), owner, 1, begun)).toEqual([
      {
        id: expect.stringMatching(/^\w{10,}$/),
        sequence: 1,
        ownerExternalId: owner,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        asOf: day(0),
        entered: ['pet-owner'],
        left: [],
        profiles: ['pet-owner'],
        catalogueVersion: answer.catalogueVersion,
        cause: 'import',
      },
    ]);
    await send(service(), message(owner, [petAccount(40)], { importedAt: instant(-8) }));
    await send(
      service(),
      message(owner, [petAccount(40, { transactions: [row(day(-3))] })], { importedAt: instant(-7) }),
    );
    const [, left] = await changesOf(service(), owner, 2, begun);
    expect(left).toMatchObject({ sequence: 2, entered: [], left: ['pet-owner'], profiles: [], cause: 'import' });
    await send(service(), message(owner, [petAccount(40)], { importedAt: instant(-6) }));
    expect((await changesOf(service(), owner, 3, begun)).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);

    expect((await erase(owner)).status).toBe(204);
    const afterErasure = await until('the change by erasure', async () => {
      const found = await changesOf(service(), owner, 1, begun);
      return found.some(({ cause }) => cause === 'erasure') && found;
    });
    expect(afterErasure).toEqual([
      expect.objectContaining({ sequence: 4, entered: [], left: ['pet-owner'], profiles: [], cause: 'erasure' }),
    ]);
    await send(service(), message(owner, [petAccount(40)], { importedAt: instant() }));
    const [, next] = await changesOf(service(), owner, 2, begun);
    expect(next).toMatchObject({ sequence: 5, entered: ['pet-owner'], cause: 'import' });
  });

  test('no change where no list changes: a first import without profiles, its repetition, and its erasure', async () => {
    const begun = await end();
    await send(service(), message('unchanging', [petAccount(41, { transactions: [row(day(-3))] })]));
    await known(service(), 'unchanging');
    await drained(service());
    expect((await erase('unchanging')).status).toBe(204);
    // A later change has been listed, and this one has not.
    await send(service(), message('told-after', [petAccount(42)]));
    await changesOf(service(), 'told-after', 1, begun);
    expect(await changesOf(service(), 'unchanging', 0, begun)).toEqual([]);
  });

  test('every answer has a cursor; pages follow each other; other clients see nothing', async () => {
    const all = await changesAfter(service(), undefined, '&limit=1000');
    const paged: Change[] = [];
    for (let cursor: string | undefined; ; ) {
      const { status, body } = await changesAfter(service(), cursor, '&limit=1');
      expect({ status, cursor: body.cursor }).toEqual({ status: 200, cursor: expect.stringMatching(/^.+$/) });
      if (body.changes.length === 0) break;
      expect(body.changes).toHaveLength(1);
      paged.push(...body.changes);
      cursor = body.cursor;
    }
    expect(paged).toEqual(all.body.changes);
    const other = await call(service(), '/v1/changes', { key: service().outputs.Clients[1]!.ApiKey });
    expect(other.body.changes.map(({ ownerExternalId }: Change) => ownerExternalId)).not.toContain('told-after');
    for (const after of ['x', '', '0-0', 'zzzzzzzzzz-mhq3c0w0', '%00', 'a'.repeat(100)]) {
      expectProblem(await changesAfter(service(), after), 400, 'INVALID_PARAMETER');
    }
    expectProblem(await changesAfter(service(), undefined, '&limit=0'), 400, 'INVALID_PARAMETER');
    expectProblem(await changesAfter(service(), undefined, '&limit=1001'), 400, 'INVALID_PARAMETER');
  });
}
