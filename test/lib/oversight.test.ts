import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { createApp } from '../../lib/app.ts';
import { type Json, SYNTHESIS_TIMEOUT_MS, type Synthesized, synthesize } from './synthesized.ts';

let dev: Synthesized;
let prod: Synthesized;
beforeAll(() => {
  dev = synthesize('dev');
  prod = synthesize('prod');
}, SYNTHESIS_TIMEOUT_MS);

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');

/** Anchors as a Git host makes them of headings. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

describe('alarms', () => {
  const ALARMS = {
    'ImportQueue/DeadLettersAlarm': 'dead-letters',
    'ImportQueue/ParkedAlarm': 'imports-parked',
    'ImportQueue/OldestAlarm': 'imports-late',
    'ImportWorker/ErrorsAlarm': 'import-worker-failing',
    'ImportWorker/NotRunningAlarm': 'import-worker-not-running',
    'ApiFunctions/Authorizer/Function/ErrorsAlarm': 'authorizer-failing',
    'Api/ServerErrorsAlarm': 'api-server-errors',
    'Api/LatencyAlarm': 'api-slow',
    'Monitoring/ThrottledAlarm': 'functions-throttled',
    'LedgerTable/ThrottledAlarm': 'table-throttled',
  };

  test('each links its section of the runbook, and quiet means well', () => {
    const links = prod.ofType('AWS::CloudWatch::Alarm').map(({ path, properties }) => {
      expect(properties.TreatMissingData).toBe('notBreaching');
      return [path, /^[A-Z].+\. Runbook: docs\/runbook\.md#(.+)$/.exec(properties.AlarmDescription)?.[1]];
    });
    expect(Object.fromEntries(links)).toEqual(ALARMS);
  });

  test.each(Object.values(ALARMS))('the runbook says of %s what it means, how to look, what to do', (name) => {
    const section = runbook.split(/^## /m).find((part) => anchor(part.split('\n', 1)[0] as string) === name);
    expect(section?.match(/^### .+$/gm)).toEqual(['### Description', '### Investigation', '### Resolution']);
  });

  test('every link inside the runbook leads somewhere', () => {
    const anchors = new Set([...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading as string)));
    const links = [...runbook.matchAll(/\]\(#(.+?)\)/g)].map(([, link]) => link as string);
    expect(links.filter((link) => !anchors.has(link))).toEqual([]);
  });

  test('imports that wait without a worker are noticed', () => {
    const { Metrics } = prod.at('ImportWorker/NotRunningAlarm').properties;
    expect(Metrics[0].Expression).toBe('IF(FILL(waiting, 0) > 0 AND FILL(invocations, 0) == 0, 1, 0)');
  });

  test('no expression has more metrics than an alarm takes', () => {
    for (const { properties } of prod.ofType('AWS::CloudWatch::Alarm')) {
      expect((properties.Metrics ?? []).filter((metric: Json) => metric.MetricStat).length).toBeLessThanOrEqual(10);
    }
  });
});

describe('cdk-nag', () => {
  test.each(['dev', 'prod'] as const)('%s has no finding that nobody acknowledged', (stage) => {
    const { app } = stage === 'dev' ? dev : prod;
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    expect(violations).toEqual([]);
  });

  test('every acknowledgement answers a finding, with a reason that a reviewer can judge', () => {
    const given = new Map<string, string>();
    const acknowledge = jest.spyOn(Validations.prototype, 'acknowledge').mockImplementation((...rules) => {
      for (const { id, reason } of rules) given.set(id, reason);
    });
    const app = createApp('prod');
    acknowledge.mockRestore();

    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    expect([...given.keys()].sort()).toEqual(violations.map(({ ruleName }) => ruleName).sort());
    for (const [id, reason] of given) expect([id, reason.length > 60]).toEqual([id, true]);
  });
});
