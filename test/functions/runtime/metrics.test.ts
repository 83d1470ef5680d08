import { jest } from '@jest/globals';
import { count, measureTime, metrics, publishMetrics } from '../../../functions/runtime/metrics.ts';
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
            Namespace: 'OwnerProfiles',
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
