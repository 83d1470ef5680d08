import type { AppProps } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { createApp } from '../../lib/app.ts';
import { stageNamed } from '../../lib/stages.ts';

const stackNames = (props?: AppProps) => createApp(undefined, props).node.children.map(({ node }) => node.id);

test('without a stage the app is that of dev', () => {
  expect(stackNames()).toContain('OwnerProfiles-dev');
});

test('the context chooses the stage', () => {
  expect(stackNames({ context: { stage: 'prod' } })).toContain('OwnerProfiles-prod');
});

describe('a stage with a web ACL and a topic for alarms', () => {
  const webAclArn = 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shared/0';
  const topicArn = 'arn:aws:sns:eu-central-1:123456789012:on-call';
  const prod = stageNamed('prod');
  const app = createApp({
    ...prod,
    api: { ...prod.api, webAclArn },
    alarms: { ...prod.alarms, topicArn },
  });
  const resources = Object.values<{ Type: string; Properties: Record<string, unknown> }>(
    app.synth().getStackByName('OwnerProfiles-prod').template.Resources,
  );
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

  test('has the ACL before its API', () => {
    expect(ofType('AWS::WAFv2::WebACLAssociation')).toEqual([{ WebACLArn: webAclArn, ResourceArn: expect.anything() }]);
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });

  test('tells the topic of every alarm', () => {
    const alarms = [...ofType('AWS::CloudWatch::Alarm'), ...ofType('AWS::CloudWatch::CompositeAlarm')];
    // Parts of joint alarms tell nobody.
    const whole = alarms.filter(({ AlarmDescription }) => !/^One (window|part): /.test(String(AlarmDescription)));
    expect(alarms.length - whole.length).toBe(15);
    expect(whole.map(({ AlarmActions }) => AlarmActions)).toEqual(whole.map(() => [topicArn]));
  });
});
