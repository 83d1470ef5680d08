/** The app in this process: what settings and context make of it, and the rules that it must keep. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { type App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { createApp } from '../../lib/app.ts';
import { type StageName, stageNamed } from '../../lib/stages.ts';
import { assemblyOf, bundled, SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';

const outdir = mkdtempSync(join(tmpdir(), 'owner-profiles-app-'));
afterAll(() => rmSync(outdir, { recursive: true }));

let dev: App;
let prod: App;
beforeAll(async () => {
  await bundled();
  dev = createApp(undefined, { outdir: join(outdir, 'dev') });
  prod = createApp(undefined, { outdir: join(outdir, 'prod'), context: { stage: 'prod' } });
}, SYNTHESIS_TIMEOUT_MS);
const of = (stage: StageName) => (stage === 'dev' ? dev : prod);
const STAGES = ['dev', 'prod'] as const;

const stackNames = (app: App) => app.node.children.map(({ node }) => node.id);

test('without a stage the app is that of dev', () => {
  expect(stackNames(dev)).toContain('OwnerProfiles-dev');
});

test('the context chooses the stage', () => {
  expect(stackNames(prod)).toContain('OwnerProfiles-prod');
});

test.each(STAGES)('the same sources give the same template of %s, in whatever process', async (stage) => {
  const { template } = of(stage).synth().getStackByName(`OwnerProfiles-${stage}`);
  expect(template).toEqual((await assemblyOf(stage)).template);
});

describe('a stage with a web ACL and a topic for alarms', () => {
  const webAclArn = 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shared/0';
  const topicArn = 'arn:aws:sns:eu-central-1:123456789012:on-call';
  let app: App;
  let resources: { Type: string; Properties: Record<string, unknown> }[];
  beforeAll(() => {
    const { api, alarms, ...others } = stageNamed('prod');
    const settings = { ...others, api: { ...api, webAclArn }, alarms: { ...alarms, topicArn } };
    app = createApp(settings, { outdir: join(outdir, 'options') });
    resources = Object.values(app.synth().getStackByName('OwnerProfiles-prod').template.Resources);
  });
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

  test('has the ACL before its API', () => {
    expect(ofType('AWS::WAFv2::WebACLAssociation')).toEqual([{ WebACLArn: webAclArn, ResourceArn: expect.anything() }]);
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });

  test('tells the topic of every alarm', () => {
    const alarms = [...ofType('AWS::CloudWatch::Alarm'), ...ofType('AWS::CloudWatch::CompositeAlarm')];
    // Parts of joint alarms tell nobody.
    const whole = alarms.filter(({ AlarmDescription }) => !/^One (window|part): /.test(String(AlarmDescription)));
    expect(alarms.length - whole.length).toBe(16);
    expect(whole.map(({ AlarmActions }) => AlarmActions)).toEqual(whole.map(() => [topicArn]));
  });
});

const PACKS = [AwsSolutionsChecks, NIST80053R5Checks, PCIDSS321Checks, HIPAASecurityChecks];
const findings = (app: App) => PACKS.flatMap((Pack) => new Pack(app).validateScope(app).violations);

describe('cdk-nag: AwsSolutions, NIST 800-53 R5, PCI DSS 3.2.1 and HIPAA', () => {
  test.each(STAGES)('%s has no finding that nobody acknowledged', (stage) => {
    expect(findings(of(stage))).toEqual([]);
  });

  test('every acknowledgement answers a finding, with a reason that a reviewer can judge', () => {
    const given = new Map<string, string>();
    const acknowledge = jest.spyOn(Validations.prototype, 'acknowledge').mockImplementation((...rules) => {
      for (const { id, reason } of rules) given.set(id, reason);
    });
    const app = createApp('prod');
    acknowledge.mockRestore();

    const found = findings(app).map(({ ruleName }) => ruleName);
    expect([...given.keys()].sort()).toEqual([...new Set(found)].sort());
    for (const [id, reason] of given) expect([id, reason.length > 60]).toEqual([id, true]);
  });
});
