/** Limits for each client, on a service whose settings have plans: what one asks for too often, another still gets. */
import { ownerProfiles } from '../../cli/command-line.ts';
import { type Answer, call, expectUnreadable, ownerPath } from '../support/http.ts';
import type { Running } from '../support/service.ts';

const wide = { requestsPerSecond: 5_000, burst: 5_000, uploadsPerMinute: 6_000 };

export const LIMITS = {
  limits: { plans: { wide, narrow: { requestsPerSecond: 1, burst: 5, uploadsPerMinute: 2 } }, default: 'wide' },
};

export function limitsOfClients(service: () => Running): void {
  const cli = (...args: string[]) => ownerProfiles(args, { env: { DATA_DIR: service().directory } });
  const lookUp = (key: string) => call(service(), ownerPath('owner-profiles', 'anna-pl'), { key });
  const upload = (key: string) =>
    call(service(), '/v1/owner', { method: 'POST', key, body: '{}', headers: { 'Content-Type': 'application/json' } });
  const many = (times: number, ask: () => Promise<Answer>) => Promise.all(Array.from({ length: times }, ask));
  const statuses = (answers: readonly Answer[]) =>
    Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([status, of]) => [status, of.length]));

  test('a client in a plan of its own is slowed down, and no other', async () => {
    const { Clients } = service().outputs;
    const [quiet, busy] = [Clients[0]!.ApiKey, Clients[1]!.ApiKey];
    expect(await cli('clients', 'set', 'demo-2', '--plan', 'narrow')).toMatchObject({ code: 0 });

    const [flood, others] = await Promise.all([many(60, () => lookUp(busy)), many(20, () => lookUp(quiet))]);
    expect(statuses(others)).toEqual({ 200: 20 });
    // The data is the first client's: the second knows no such owner. Five are answered at once, and one more for each second that passed.
    const { 404: answered = 0, 429: refused = 0, ...odd } = statuses(flood);
    expect([odd, answered + refused]).toEqual([{}, 60]);
    expect(answered).toBeGreaterThanOrEqual(5);
    expect(refused).toBeGreaterThanOrEqual(30);
    const refusal = flood.find(({ status }) => status === 429)!;
    expectUnreadable(refusal, 429, 'RATE_LIMITED');
    expect(refusal.headers['retry-after']).toBe('1');
    const answer = flood.find(({ status }) => status === 404)!;
    expect(answer.headers['ratelimit-policy']).toBe('"requests";q=1;w=1;burst=5');
    expect(others[0]!.headers['ratelimit-policy']).toBe('"requests";q=5000;w=1;burst=5000');
  });

  test('its status is that of the service', async () => {
    const { stage, workers, imports, dead } = JSON.parse((await cli('status', '--json')).stdout);
    expect({ stage, workers, imports, dead }).toEqual({
      stage: 'dev',
      workers: 2,
      imports: { waiting: 0, inFlight: 0, oldestSeconds: null },
      dead: 0,
    });
  });

  test('uploads have a limit of their own', async () => {
    const busy = service().outputs.Clients[1]!.ApiKey;
    const answers = await many(8, () => upload(busy));
    expect(statuses(answers)).toEqual({ 400: 2, 429: 6 });
    const refused = answers.find(({ status }) => status === 400)!;
    expect(refused.headers['ratelimit-policy']).toBe('"uploads";q=2;w=60');
  });

  test('a new client gets the plan by default; an unknown one is refused before anything is made', async () => {
    expect(await cli('clients', 'create', 'third')).toMatchObject({ code: 0 });
    const odd = await cli('clients', 'create', 'fourth', '--plan', 'huge');
    expect(odd).toMatchObject({ code: 2, stderr: expect.stringContaining('the plans are wide, narrow') });
    expect(await cli('clients', 'set', 'nobody', '--plan', 'wide')).toMatchObject({ code: 3 });
    // Moved there and back: what exists is used again.
    for (const plan of ['wide', 'narrow']) {
      expect(await cli('clients', 'set', 'demo-2', '--plan', plan)).toMatchObject({ code: 0 });
    }
    const { clients } = JSON.parse((await cli('clients', 'list', '--json')).stdout);
    const plans = clients.map((client: { clientId: string; usage?: { plan: string } }) => [
      client.clientId,
      client.usage?.plan,
    ]);
    expect(plans).toEqual([
      ['demo', undefined],
      ['demo-2', 'narrow'],
      ['third', 'wide'],
    ]);
    const { examined } = JSON.parse((await cli('doctor', '--json')).stdout);
    expect(examined).toContainEqual({
      what: 'limits of clients',
      verdict: 'look',
      says: 'demo share one limit',
      todo: 'owner-profiles clients set CLIENT --plan PLAN',
    });
  });
}
