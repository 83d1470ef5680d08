import { readConfiguration } from '../../../functions/runtime/configuration.ts';
import { ConfigurationError } from '../../../functions/runtime/errors.ts';

const ENVIRONMENT = { TABLE_NAME: ' owners ', HASH_KEY_SECRET_ID: 'secret', RETENTION_MONTHS: '25', OTHER: 'x' };

test('reads the requested settings and nothing else', () => {
  expect(readConfiguration(['table', 'retentionMonths'], ENVIRONMENT)).toEqual({
    table: 'owners',
    retentionMonths: 25,
  });
});

test('names every variable that is missing', () => {
  const read = () =>
    readConfiguration(['table', 'importQueue', 'payloadBucket'], { ...ENVIRONMENT, IMPORT_QUEUE_URL: ' ' });
  expect(read).toThrow(new ConfigurationError('missing in the environment: IMPORT_QUEUE_URL, PAYLOAD_BUCKET_NAME'));
});

test.each(['0', '-1', '1.5', 'many', '25 months', '10000', '025'])(
  '%s is not a number of months',
  (RETENTION_MONTHS) => {
    expect(() => readConfiguration(['retentionMonths'], { RETENTION_MONTHS })).toThrow(/^RETENTION_MONTHS must be/);
  },
);

test('reads how runs go over owners as numbers; nothing remembered is a number too', () => {
  const environment = { CALLER_CACHE_SECONDS: '0', OWNERS_PER_SECOND: '1000', OWNERS_PER_SLICE: ' 100 ' };
  expect(readConfiguration(['callerCacheSeconds', 'ownersPerSecond', 'ownersPerSlice'], environment)).toEqual({
    callerCacheSeconds: 0,
    ownersPerSecond: 1000,
    ownersPerSlice: 100,
  });
  expect(() => readConfiguration(['ownersPerSlice'], { OWNERS_PER_SLICE: '0' })).toThrow(
    new ConfigurationError('OWNERS_PER_SLICE must be a whole number of owners, 1 to 100000, and is "0"'),
  );
});
