import { ENV } from '../../../functions/runtime/names.ts';

const NEEDED = [
  ['authorizer', [ENV.table, ENV.hashKeySecret]],
  ['owner-profiles', [ENV.table, ENV.hashKeySecret, ENV.retentionMonths]],
  ['owner-upload', [ENV.importQueue, ENV.payloadBucket]],
  ['profiles', [ENV.table]],
  ['catalogue', [ENV.table]],
  ['catalogue-draft', [ENV.table]],
  [
    'catalogue-previews',
    [ENV.table, ENV.hashKeySecret, ENV.retentionMonths, ENV.stateMachine, ENV.resultsBucket, ENV.ownersPerSlice],
  ],
  [
    'catalogue-publications',
    [ENV.table, ENV.stateMachine, ENV.resultsBucket, ENV.ownersPerSlice, ENV.callerCacheSeconds],
  ],
] as const;

test.each(NEEDED)('without its environment %s does not start, and says what it lacks', async (name, variables) => {
  for (const variable of variables) delete process.env[variable];
  const start = import(`../../../functions/handlers/${name}/handler.ts`);
  await expect(start).rejects.toThrow(`missing in the environment: ${variables.join(', ')}`);
});
