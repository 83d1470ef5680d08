import { jest } from '@jest/globals';
import { count, countBy, measureTime, metrics, publishMetrics } from '../../../functions/runtime/metrics.ts';
import { METRICS } from '../../../functions/runtime/names.ts';

test('what was counted is one line in the embedded format, and nothing when nothing was', () => {
  const lines: string[] = [];
  const { console } = metrics as unknown as { console: Console };
  jest.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  publishMetrics();
  expect(lines).toEqual([]);
  count(METRICS.uploadsQueued);
  count(METRICS.uploadsQueued, 2);
  measureTime(METRICS.importAge, 1500);
  publishMetrics();
  publishMetrics();
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'OwnerProfiles-test',
            Dimensions: [['service']],
            Metrics: [
              { Name: 'UploadsQueued', Unit: 'Count' },
              { Name: 'ImportAge', Unit: 'Milliseconds' },
            ],
          },
        ],
      },
      service: expect.any(String),
      UploadsQueued: [1, 2],
      ImportAge: 1500,
    },
  ]);
});

test('what is counted by dimensions is one line for each of their values, with the total', () => {
  const lines: string[] = [];
  const single = metrics.singleMetric.bind(metrics);
  jest.spyOn(metrics, 'singleMetric').mockImplementation(() => {
    const made = single();
    const { console } = made as unknown as { console: Console };
    jest.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
    return made;
  });
  countBy(METRICS.imports, { source: 'AIS', outcome: 'joined' });
  countBy(METRICS.imports, { source: 'PDF', outcome: 'joined' });
  countBy(METRICS.imports, { source: 'AIS', outcome: 'joined' }, 2);
  countBy(METRICS.profilesEntered, { profile: 'traveller' });
  publishMetrics();
  publishMetrics();
  const told = lines.map((line) => {
    const { _aws, ...rest } = JSON.parse(line);
    return { dimensions: _aws.CloudWatchMetrics[0].Dimensions, ...rest };
  });
  const service = expect.any(String);
  const dimensions = [['service', 'source', 'outcome']];
  expect(told).toEqual([
    { dimensions, service, source: 'AIS', outcome: 'joined', Imports: 3 },
    { dimensions, service, source: 'PDF', outcome: 'joined', Imports: 1 },
    { dimensions: [['service', 'profile']], service, profile: 'traveller', ProfilesEntered: 1 },
  ]);
});
