/** Commands that use queues, bucket and table themselves: the local servers judge each by its policy. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownerProfiles } from '../../cli/command-line.ts';
import { call, known, ownerPath } from '../support/http.ts';
import { day, message, petAccount, row } from '../support/messages.ts';
import { depthOf, drained, send, takeParked } from '../support/queues.ts';
import type { Running } from '../support/service.ts';

export function operators(service: () => Running): void {
  const cli = async (...args: string[]) => {
    const { code, stdout, stderr } = await ownerProfiles([...args, '--json'], {
      env: { DATA_DIR: service().directory },
    });
    expect({ args, code, stderr: code === 0 ? '' : stderr }).toEqual({ args, code: 0, stderr: '' });
    return JSON.parse(stdout);
  };

  test('keys are listed and revoked, and clients listed', async () => {
    const { keyId, apiKey } = await cli('keys', 'create', 'demo');
    await cli('keys', 'revoke', keyId);
    const [{ keys }, { clients }] = await Promise.all([cli('keys', 'list', 'demo'), cli('clients', 'list')]);
    expect(keys).toContainEqual(expect.objectContaining({ keyId, revokedAt: expect.any(String) }));
    expect(clients).toContainEqual(expect.objectContaining({ clientId: 'demo-2' }));
    expect((await call(service(), ownerPath('owner-profiles', 'nobody'), { key: apiKey })).status).toBe(401);
  });

  test("operators' keys are made, listed and revoked", async () => {
    const { keyId, apiKey } = await cli('operator-keys', 'create');
    expect((await call(service(), '/v1/failures', { key: apiKey })).status).toBe(200);
    await cli('operator-keys', 'revoke', keyId);
    expect((await cli('operator-keys', 'list')).keys).toContainEqual(expect.objectContaining({ keyId }));
    expect((await call(service(), '/v1/failures', { key: apiKey })).status).toBe(401);
  });

  test('the snapshot of the night is set', async () => {
    expect(await cli('clients', 'set', 'demo-2', '--nightly', 'on')).toMatchObject({ clientId: 'demo-2' });
  });

  test('failures are listed, shown, sent again and removed', async () => {
    await takeParked(service());
    await send(service(), { ...message('never taken in', []), accounts: 'none' });
    await drained(service());
    const { failures } = await cli('failures', 'list');
    expect(failures).toEqual([expect.objectContaining({ queue: 'parked', reason: 'INVALID_MESSAGE' })]);
    await cli('failures', 'show', failures[0].id);
    await cli('failures', 'retry', '--all', '--yes');
    await drained(service());
    expect(await cli('failures', 'purge', '--all', '--erased', '--yes')).toEqual({ removed: 0, left: [] });
    expect(await cli('failures', 'purge', '--all', '--yes')).toEqual({ removed: 1, left: [] });
    expect(await depthOf(service(), service().outputs.ParkedQueueUrl)).toEqual({ visible: 0, hidden: 0 });
  });

  test('answers are derived again', async () => {
    const { replays } = await cli('replay', '--client', 'demo-2', '--yes');
    expect(replays).toEqual([expect.objectContaining({ clientId: 'demo-2' })]);
  });

  test('doctor and status may ask all that they ask', async () => {
    const env = { DATA_DIR: service().directory };
    const said = await Promise.all(['doctor', 'status'].map((command) => ownerProfiles([command, '--json'], { env })));
    for (const { stdout, stderr } of said) expect(stdout + stderr).not.toMatch(/not authorized/);
  });

  test('an import too large for the queue goes through the bucket', async () => {
    const owner = 'by the bucket';
    const rows = Array.from({ length: 2_500 }, (_, at) =>
      row(day(-10 - (at % 30)), { title: `ZOOPLUS ${at} `.padEnd(420, 'x') }),
    );
    const account = petAccount(91, { covers: { from: day(-60), to: day(-5) }, transactions: rows });
    const file = join(service().directory, 'large.json');
    writeFileSync(file, JSON.stringify(message(owner, [account])));
    await cli('import', file, '--via', 'queue');
    await known(service(), owner);
  });
}
