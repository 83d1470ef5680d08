/** The table of the running service loses all its items, and gets them back from a restore point. */
import { ownerProfiles } from '../../cli/command-line.ts';
import { createTable } from '../../functions/support/table.ts';
import { lose, restorePoint } from '../../support/restore.ts';
import { about, allOf, call, known, ownerPath } from '../support/http.ts';
import { day, iban, instant, message, row } from '../support/messages.ts';
import { drained, dynamoDbOf, send } from '../support/queues.ts';
import type { Running } from '../support/service.ts';

const told = (owner: string, daysAgo: number) => {
  const transactions = [60, 40, 20].map((back) => row(day(-back - daysAgo), { title: `ZOOPLUS.PL ${daysAgo}` }));
  const covers = { from: day(-90 - daysAgo), to: day(-daysAgo - 1) };
  const account = { iban: iban(77), currencyName: 'PLN', covers, transactions };
  return message(owner, [account], { importedAt: instant(-daysAgo) });
};

export function restored(service: () => Running): void {
  test('answers as before, knows erased owners, and accepts later imports again', async () => {
    const place = { dynamo: dynamoDbOf(service()), table: service().outputs.TableName };
    for (const owner of ['restored', 'restored later', 'erased before']) await send(service(), told(owner, 9));
    for (const owner of ['restored', 'restored later', 'erased before']) await known(service(), owner);
    await call(service(), ownerPath('owner', 'erased before'), { method: 'DELETE' });
    const before = await allOf(service(), 'restored');
    const from = await restorePoint(place, await createTable(place.dynamo, `${place.table}-restored`));
    await send(service(), told('restored later', 3));
    await drained(service());
    const later = await allOf(service(), 'restored later');

    await lose(place, () => true);
    expect((await about(service(), 'owner-profiles', 'restored')).status).toBe(401);
    const env = { DATA_DIR: service().directory };
    expect(await ownerProfiles(['restore', '--from', from], { env })).toMatchObject({ code: 0 });
    expect(await allOf(service(), 'restored')).toEqual(before);
    expect((await call(service(), '/v1/failures', { key: service().outputs.OperatorKey })).status).toBe(200);
    for (const daysAgo of [3, 9]) await send(service(), told('restored later', daysAgo));
    await send(service(), told('erased before', 9));
    await drained(service());
    expect(await allOf(service(), 'restored later')).toEqual(later);
    expect((await about(service(), 'owner-profiles', 'erased before')).status).toBe(404);
  });
}
