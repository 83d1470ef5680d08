import { readFileSync } from 'node:fs';
import { METRICS } from '../../functions/runtime/names.ts';
import { stageNamed } from '../../lib/stages.ts';
import { SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';
import { type Json, type Synthesized, synthesized } from './synthesized.ts';

let prod: Synthesized;
beforeAll(async () => {
  prod = await synthesized('prod');
}, SYNTHESIS_TIMEOUT_MS);

const runbook = readFileSync(new URL('../../docs/how-to/runbook.md', import.meta.url), 'utf8');

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
    'ChangeQueue/DeadLettersAlarm': 'changes-unpublished',
    'ChangeQueue/OldestAlarm': 'changes-unpublished',
    'ErasureQueue/DeadLettersAlarm': 'erasures-unfinished',
    'StatementUploads/DeadLettersAlarm': 'uploads-unread',
    'StatementReader/ErrorsAlarm': 'uploads-unread',
    'Webhooks/DeadLettersAlarm': 'webhooks-failing',
    'Webhooks/SwitchedOffAlarm': 'webhooks-failing',
    'ImportWorker/ErrorsAlarm': 'import-worker-failing',
    'ImportWorker/NotRunningAlarm': 'import-worker-not-running',
    'ApiFunctions/Authorizer/Function/ErrorsAlarm': 'authorizer-failing',
    'Api/ServerErrorsAlarm': 'api-server-errors',
    'ApiFunctions/OwnerProfiles/Function/ErrorsAlarm': 'look-ups-failing',
    'Api/LatencyAlarm': 'api-slow',
    'ProfileRuns/FailedAlarm': 'profile-runs-failing',
    'NightlySnapshots/ErrorsAlarm': 'nightly-snapshots-failing',
    'Monitoring/ThrottledAlarm': 'functions-throttled',
    'Monitoring/CatalogueThrottledAlarm': 'functions-throttled',
    'Monitoring/ImportsThrottledAlarm': 'functions-throttled',
    'Monitoring/SegmentsThrottledAlarm': 'functions-throttled',
    'Monitoring/Answering/NotRunningAlarm': 'api-not-running',
    'Monitoring/Objectives/Availability/FastAlarm': 'availability-promise',
    'Monitoring/Objectives/Availability/SlowAlarm': 'availability-promise',
    'Monitoring/Objectives/Latency/FastAlarm': 'latency-promise',
    'Monitoring/Objectives/Latency/SlowAlarm': 'latency-promise',
    'Monitoring/Objectives/ImportToAnswer/FastAlarm': 'import-promise',
    'Monitoring/Objectives/ImportToAnswer/SlowAlarm': 'import-promise',
    'LedgerTable/ThrottledAlarm': 'table-throttled',
  };

  /** `One window: …`, `One part: …`: a part of a joint alarm, which notifies nobody by itself. */
  const isPart = ({ properties }: { readonly properties: Json }) =>
    /^One (window|part): /.test(properties.AlarmDescription);
  const simple = () => prod.ofType('AWS::CloudWatch::Alarm');
  const windows = () => simple().filter(({ properties }) => properties.AlarmDescription.startsWith('One window: '));

  test('each links its section of the runbook, and quiet means well', () => {
    const whole = [...simple().filter((alarm) => !isPart(alarm)), ...prod.ofType('AWS::CloudWatch::CompositeAlarm')];
    const links = whole.map(({ path, properties }) => [
      path,
      /^[A-Z].+\. Runbook: docs\/how-to\/runbook\.md#(.+)$/.exec(properties.AlarmDescription)?.[1],
    ]);
    expect(Object.fromEntries(links)).toEqual(ALARMS);
    for (const { properties } of simple()) expect(properties.TreatMissingData).toBe('notBreaching');
  });

  test('promises are watched over a long and a short window, which must both be bad', () => {
    const HOURS = 3600;
    const { slo } = stageNamed('prod');
    const budgets = { Availability: slo.availability, Latency: slo.latencyShare, ImportToAnswer: slo.importShare };
    const expected = Object.entries(budgets).flatMap(([objective, promised]) =>
      [
        ['FastLong', 14.4, HOURS],
        ['FastShort', 14.4, HOURS / 12],
        ['SlowLong', 6, 6 * HOURS],
        ['SlowShort', 6, HOURS / 2],
      ].map(([window, rate, period]) => [
        `Monitoring/Objectives/${objective}/${window}`,
        Number((Number(rate) * (1 - promised)).toFixed(6)),
        [period],
      ]),
    );
    const periods = (metrics: Json[]) => [...new Set(metrics.flatMap(({ MetricStat }) => MetricStat?.Period ?? []))];
    expect(windows().map(({ path, properties }) => [path, properties.Threshold, periods(properties.Metrics)])).toEqual(
      expect.arrayContaining(expected),
    );
    expect(windows()).toHaveLength(expected.length);
    for (const [path, joint] of prod
      .ofType('AWS::CloudWatch::CompositeAlarm')
      .filter(({ path }) => path.startsWith('Monitoring/Objectives/'))
      .map(({ path, properties }) => [path, properties.AlarmRule] as const)) {
      const [home] = path.split('Alarm');
      expect(joint).toBe(`(ALARM("{${home}Long.Arn}") AND ALARM("{${home}Short.Arn}"))`);
    }
  });

  test('a promise is measured as docs/reference/slo.md says: few events wake nobody, bad ones count as shares', () => {
    const expressions = (path: string) => {
      const { Metrics } = prod.at(path).properties;
      const [{ Expression }, ...stats] = Metrics;
      return [
        Expression,
        ...stats.map(({ Id, MetricStat }: Json) => [Id, MetricStat.Metric.MetricName, MetricStat.Stat]),
      ];
    };
    expect(expressions('Monitoring/Objectives/Availability/FastLong')).toEqual([
      'IF(requests >= 20, (errors / requests), 0)',
      ['errors', '5XXError', 'Sum'],
      ['requests', 'Count', 'SampleCount'],
    ]);
    expect(expressions('Monitoring/Objectives/Latency/FastShort').slice(0, 2)).toEqual([
      '(1 - fast / 100)',
      ['fast', 'Latency', 'PR(:1000)'],
    ]);
    expect(expressions('Monitoring/Objectives/ImportToAnswer/SlowLong')).toEqual([
      'IF(joined >= 20, (1 - prompt / 100), 0)',
      ['prompt', 'ImportToAnswer', 'PR(:300000)'],
      ['joined', 'ImportToAnswer', 'SampleCount'],
    ]);
  });

  test('docs/reference/slo.md has the numbers of prod', () => {
    const page = readFileSync(new URL('../../docs/reference/slo.md', import.meta.url), 'utf8');
    const { slo } = stageNamed('prod');
    const percent = (share: number) => `${Number((share * 100).toFixed(3))} %`;
    expect(page).toContain(`| Availability | requests | ${percent(slo.availability)} |`);
    expect(page).toContain(`| ${percent(slo.latencyShare)} | answered within ${slo.latencyMs / 1000} s |`);
    expect(page).toContain(`| ${percent(slo.importShare)} | in the answer within ${slo.importSeconds / 60} min after`);
    expect(page).toContain(`\`fewestEvents\` (${slo.fewestEvents})`);
  });

  test('every metric that is counted is in docs/reference/slo.md', () => {
    const page = readFileSync(new URL('../../docs/reference/slo.md', import.meta.url), 'utf8');
    expect(Object.values(METRICS).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  test('the dashboard begins with every alarm that notifies somebody', () => {
    const body: string = prod.ofType('AWS::CloudWatch::Dashboard')[0]?.properties.DashboardBody;
    const { widgets } = JSON.parse(body.replaceAll(/\{([^{}"]+)\}/g, '<$1>'));
    const status = widgets.find(({ type }: Json) => type === 'alarm');
    const shown = status.properties.alarms.map((arn: string) => /<(.+)\.Arn>/.exec(arn)?.[1]);
    expect(shown.sort()).toEqual(Object.keys(ALARMS).sort());
  });

  test('requests that no function answers raise an alarm; refused ones do not', () => {
    const watched = ['OwnersNotRunning', 'ImportsNotRunning', 'SegmentsNotRunning', 'CataloguesNotRunning'].flatMap(
      (half) => {
        const { Metrics } = prod.at(`Monitoring/Answering/${half}`).properties;
        const [{ Expression }, ...metrics] = Metrics;
        const functions = metrics
          .map(({ MetricStat }: Json) => MetricStat.Metric.Dimensions)
          .filter((dimensions: Json) => dimensions[0].Name === 'FunctionName')
          .map(([{ Value }]: Json) => Value);
        const ran = functions.map((_: string, index: number) => `FILL(f${index}, 0)`).join(' + ');
        expect(Expression).toBe(`IF(FILL(requests, 0) > FILL(refused, 0) AND (${ran}) == 0, 1, 0)`);
        return functions;
      },
    );
    const answering = new Set(
      prod
        .ofType('AWS::ApiGateway::Method')
        .map(({ properties }) => /\{([^{}]+?)(?:\/Live|\.Arn)\}/.exec(properties.Integration.Uri)?.[1]),
    );
    expect(watched.map((name: string) => name.slice(1, -1)).sort()).toEqual([...answering].sort());
    expect(prod.at('Monitoring/Answering/NotRunningAlarm').properties.AlarmRule).toBe(
      '(ALARM("{Monitoring/Answering/OwnersNotRunning.Arn}") AND ALARM("{Monitoring/Answering/ImportsNotRunning.Arn}") AND ALARM("{Monitoring/Answering/SegmentsNotRunning.Arn}") AND ALARM("{Monitoring/Answering/CataloguesNotRunning.Arn}"))',
    );
  });

  test.each([...new Set(Object.values(ALARMS))])(
    'the runbook says of %s what it means, how to look, what to do',
    (name) => {
      const section = runbook.split(/^## /m).find((part) => anchor(part.split('\n', 1)[0]!) === name);
      expect(section?.match(/^### .+$/gm)).toEqual(['### Description', '### Investigation', '### Resolution']);
    },
  );

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
