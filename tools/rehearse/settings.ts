/** Files of settings (docs/how-to/operating.md) that steps deploy or lint with. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FAR_AWAY = '123456789012';

/** What settings can add to a stack. */
export function settingsOfEverything(folder: string): string {
  return written(folder, 'everything', {
    athena: true,
    publishers: [FAR_AWAY],
    api: {
      webAclArn: `arn:aws:wafv2:eu-central-1:${FAR_AWAY}:regional/webacl/shared/0`,
      domain: { name: 'profiles.example.com', certificateArn: `arn:aws:acm:eu-central-1:${FAR_AWAY}:certificate/0` },
    },
    console: { name: 'console.example.com', certificateArn: `arn:aws:acm:us-east-1:${FAR_AWAY}:certificate/0` },
    alarms: { topicArn: `arn:aws:sns:eu-central-1:${FAR_AWAY}:on-call` },
  });
}

/** Numbers of `dev`, all different from the table of stages. */
export function changedSettings(folder: string): string {
  return written(folder, 'changed', {
    retentionMonths: 48,
    logRetentionDays: 14,
    pointInTimeRecoveryDays: 2,
    publishers: [FAR_AWAY],
    worker: { memoryMb: 2048, timeoutSeconds: 30, batchSize: 5, maxConcurrency: 3 },
    changes: { timeoutSeconds: 70 },
    webhooks: { timeoutSeconds: 40 },
    reading: { memoryMb: 3072, timeoutSeconds: 130 },
    functions: { memoryMb: 2048, lightMemoryMb: 640, timeoutSeconds: 26 },
    replay: { maxConcurrency: 3 },
    nightly: { hour: 4, minute: 20 },
    api: { throttlingRatePerSecond: 4_000 },
    alarms: {
      oldestImportSeconds: 1_200,
      latencyP99Ms: 4_000,
      topicArn: `arn:aws:sns:eu-central-1:${FAR_AWAY}:on-call`,
    },
  });
}

function written(folder: string, name: string, settings: object): string {
  const file = join(folder, `settings-${name}.yaml`);
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(settings));
  return file;
}
