/** Usage plans on one machine: what the template says, what each key may do, and the keys that operators make. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/jest';
import { usageKey } from '../../cli/usage-keys.ts';
import { openUsage } from '../../local/gateway/usage.ts';
import { createResolver } from '../../local/template/resolve.ts';
import { readUsage } from '../../local/template/usage.ts';
import { resourcesOf } from '../../local/template/wiring.ts';
import { startUsage } from '../../local/usage/server.ts';

const plan = (rate: number, burst: number, Throttle = {}) => ({
  Type: 'AWS::ApiGateway::UsagePlan',
  Properties: { ApiStages: [{ Throttle }], Throttle: { RateLimit: rate, BurstLimit: burst } },
});
const template = {
  Resources: {
    Large: plan(100, 200),
    Small: plan(2, 3, { '/v1/owner/POST': { RateLimit: 1 / 30, BurstLimit: 2 } }),
    Shared: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Value: { 'Fn::Join': ['', ['sha', 'red']] } } },
    InSmall: {
      Type: 'AWS::ApiGateway::UsagePlanKey',
      Properties: { KeyId: { Ref: 'Shared' }, UsagePlanId: { Ref: 'Small' } },
    },
  },
};
const place = { region: 'eu-central-1', account: '0', stackName: 'Test', sqsEndpoint: () => '' };
const resolver = createResolver(template, place);
const assembly = { stackName: 'Test', template, assets: new Map() };
const usage = readUsage((type) => resourcesOf(assembly, resolver, type), resolver);
const [large, small] = usage.plans;

test('the plans and keys of a template', () => {
  expect(usage).toEqual({
    plans: [
      { id: 'Large', throttle: { rate: 100, burst: 200 }, methods: new Map() },
      {
        id: 'Small',
        throttle: { rate: 2, burst: 3 },
        methods: new Map([['/v1/owner/POST', { rate: 1 / 30, burst: 2 }]]),
      },
    ],
    keys: new Map([['shared', 'Small']]),
  });
});

test('a key may do what its plan allows, and a method with a limit of its own counts apart', () => {
  let now = 0;
  const asked = openUsage(
    (key) => (key === 'known' ? small : undefined),
    () => now,
  );
  const four = (method: string) => Array.from({ length: 4 }, () => asked('known', method) ?? 'passes');
  expect(four('/v1/x/ANY')).toEqual(['passes', 'passes', 'passes', 'THROTTLED']);
  expect(four('/v1/owner/POST')).toEqual(['passes', 'passes', 'THROTTLED', 'THROTTLED']);
  now = 1_000;
  expect(four('/v1/y/ANY')).toEqual(['passes', 'passes', 'THROTTLED', 'THROTTLED']);
  expect(four('/v1/owner/POST')).toEqual(['THROTTLED', 'THROTTLED', 'THROTTLED', 'THROTTLED']);
  now = 31_000;
  expect(four('/v1/owner/POST')).toEqual(['passes', 'THROTTLED', 'THROTTLED', 'THROTTLED']);
  expect([asked('other', '/v1/x/ANY'), asked(undefined, '/v1/x/ANY')]).toEqual(['INVALID_API_KEY', 'INVALID_API_KEY']);
});

const call = fc.record({
  key: fc.constantFrom('a', 'b'),
  method: fc.constantFrom('/v1/x/ANY', '/v1/owner/POST'),
  afterMs: fc.integer({ min: 0, max: 2_000 }),
});
property.prop([fc.array(call, { maxLength: 60 })], { seed: 15, numRuns: 200 })(
  'whatever one key asks, another gets what it would get alone',
  (calls) => {
    const answersOf = (keys: readonly string[]) => {
      let now = 0;
      const asked = openUsage(
        () => small,
        () => now,
      );
      return calls.flatMap(({ key, method, afterMs }) => {
        now += afterMs;
        if (!keys.includes(key)) return [];
        const answer = asked(key, method);
        return key === 'b' ? [answer] : [];
      });
    };
    expect(answersOf(['a', 'b'])).toEqual(answersOf(['b']));
  },
);

test('the key of a client in a plan is made once, kept, and known to the gateway', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'owner-profiles-usage-'));
  const file = join(directory, 'keys.json');
  let server = await startUsage({ file, usage });
  const keyOf = (client: string, name: string) => {
    const outputs = { UsagePlans: 'large=Large small=Small', ApiGatewayEndpoint: server.endpoint };
    return usageKey({ table: 't', outputs }, client, name);
  };
  try {
    const acme = await keyOf('acme', 'large');
    const longer = await keyOf('acme-2', 'large');
    expect(await keyOf('acme', 'large')).toEqual(acme);
    const moved = await keyOf('acme', 'small');
    expect(new Set([acme.key, longer.key, moved.key]).size).toBe(3);
    await server.close();
    server = await startUsage({ file, usage });
    // The one before still counts in its plan: a verdict that names it may be cached.
    expect([acme, moved].map(({ plan: name, key }) => [name, server.planOf(key)])).toEqual([
      ['large', large],
      ['small', small],
    ]);
    expect([server.planOf('shared'), server.planOf('invented')]).toEqual([small, undefined]);
    await expect(keyOf('acme', 'huge')).rejects.toThrow('there is no plan "huge"');
  } finally {
    await server.close();
    rmSync(directory, { recursive: true });
  }
});
