import { readConfiguration } from '../../../functions/runtime/configuration.ts';
import { ConfigurationError } from '../../../functions/runtime/errors.ts';

const ENVIRONMENT = { TABLE_NAME: ' owners ', HASH_KEY_SECRET_ID: 'secret', RETENTION_MONTHS: '25', OTHER: 'x' };

test('reads what was asked for and nothing else', () => {
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

test.each(['0', '-1', '1.5', 'many', '25 months', '10000'])('%s is no number of months', (RETENTION_MONTHS) => {
  expect(() => readConfiguration(['retentionMonths'], { RETENTION_MONTHS })).toThrow(/^RETENTION_MONTHS must be/);
});
