/** The app in this process: the result of settings and context, and the rules that it must keep. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { type App, Validations } from 'aws-cdk-lib/core';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { stringify } from 'yaml';
import { contentSecurityPolicy } from '../../console/build/headers.ts';
import { ROUTES } from '../../functions/contracts/http/routes.ts';
import { createApp } from '../../lib/app.ts';
import { type StageName, stageNamed } from '../../lib/stages.ts';
import { assemblyOf, bundled, SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';
import { limitsAsAStageChangesThem } from './usage-plans.ts';

const outdir = mkdtempSync(join(tmpdir(), 'owner-profiles-app-'));
afterAll(() => rmSync(outdir, { recursive: true }));

let dev: App;
let prod: App;
beforeAll(async () => {
  // The synthesis prints its warnings.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
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

describe('limits of clients', limitsAsAStageChangesThem);

describe('a deployment with settings of its own', () => {
  const webAclArn = 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shared/0';
  const topicArn = 'arn:aws:sns:eu-central-1:123456789012:on-call';
  const certificateArn = 'arn:aws:acm:eu-central-1:123456789012:certificate/0';
  const consoleCertificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
  const pipeline = 'arn:aws:iam::210987654321:role/pipeline';
  const file = join(outdir, 'prod.yaml');
  let app: App;
  let stack: CloudFormationStackArtifact;
  let resources: { Type: string; Properties: Record<string, unknown> }[];
  beforeAll(() => {
    const settings = {
      publishers: ['345678901234', pipeline],
      nightly: null,
      athena: { features: ['cafe.count 180d', 'pets|grocery.total 90d', 'owner.history'] },
      api: { webAclArn, setsLoggingRole: false, domain: { name: 'profiles.example.com', certificateArn } },
      alarms: { topicArn },
      console: {
        name: 'console.example.com',
        certificateArn: consoleCertificateArn,
        cognito: { domainPrefix: 'my-bank-profiles' },
      },
    };
    writeFileSync(file, stringify(settings));
    const context = { stage: 'prod', name: 'blue', first: 'true', settings: file };
    app = createApp(undefined, { outdir: join(outdir, 'options'), context });
    stack = app.synth().getStackByName('OwnerProfiles-prod-blue');
    resources = Object.values(stack.template.Resources);
  });
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

  test('has the ACL before its API', () => {
    expect(ofType('AWS::WAFv2::WebACLAssociation')).toEqual([{ WebACLArn: webAclArn, ResourceArn: expect.anything() }]);
  });

  test('alarms the topic, and warns of nothing', () => {
    const alarms = [...ofType('AWS::CloudWatch::Alarm'), ...ofType('AWS::CloudWatch::CompositeAlarm')];
    // Parts of joint alarms notify nobody.
    const whole = alarms.filter(({ AlarmDescription }) => !/^One (window|part): /.test(String(AlarmDescription)));
    expect(alarms.length - whole.length).toBe(16);
    expect(whole.map(({ AlarmActions }) => AlarmActions)).toEqual(whole.map(() => [topicArn]));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('asks the files of snapshots in Athena, where a question says of which client and snapshot', () => {
    expect(ofType('AWS::Glue::Database')).toEqual([
      expect.objectContaining({ DatabaseInput: expect.objectContaining({ Name: 'ownerprofiles_prod_blue' }) }),
    ]);
    const [{ TableInput: table = {} } = {}] = ofType('AWS::Glue::Table');
    const { Parameters, PartitionKeys, StorageDescriptor } = table as Record<string, Record<string, unknown>>;
    expect(PartitionKeys).toEqual(['client', 'snapshot'].map((Name) => ({ Name, Type: 'string' })));
    expect(StorageDescriptor?.['Columns']).toEqual([
      { Name: 'ownerexternalid', Type: 'string' },
      { Name: 'profiles', Type: 'array<string>' },
      { Name: 'notjudged', Type: 'array<string>' },
    ]);
    expect(Parameters).toMatchObject({
      'projection.client.type': 'injected',
      'projection.snapshot.type': 'injected',
      'storage.location.template': {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: these are for Athena to fill in.
        'Fn::Join': ['', ['s3://', { Ref: expect.any(String) }, '/${client}/${snapshot}/files/parquet/']],
      },
    });
    const [, { TableInput: kept = {} } = {}] = ofType('AWS::Glue::Table');
    const second = kept as Record<string, Record<string, unknown>>;
    expect(second['StorageDescriptor']?.['Columns']).toEqual([
      { Name: 'ownerexternalid', Type: 'string' },
      { Name: 'profiles', Type: 'array<string>' },
      { Name: 'notjudged', Type: 'array<string>' },
      { Name: 'cafe_count_180d', Type: 'int' },
      { Name: 'pets_grocery_total_90d', Type: 'double' },
      { Name: 'owner_history', Type: 'int' },
    ]);
    expect(JSON.stringify(second['Parameters'])).toContain('}/sql/');
    expect(stack.template.Outputs.AthenaDatabaseName.Value).toBe('ownerprofiles_prod_blue');
    const byDefault = of('prod').synth().getStackByName('OwnerProfiles-prod').template;
    expect(JSON.stringify(byDefault)).not.toContain('AWS::Glue');
  });

  // CloudFormation takes 500 in a stack. A new function with its routes has up to 14, and each usage plan two.
  test('fits into its stack, also with what it leaves out', () => {
    // Some places have the name of the stack in them.
    const placesIn = ({ template }: CloudFormationStackArtifact) =>
      Object.values(template.Resources as Record<string, { Metadata: Record<string, string> }>).map(({ Metadata }) =>
        Metadata['aws:cdk:path']?.replaceAll(/OwnerProfiles[\w-]*/g, ''),
      );
    const byDefault = of('prod').synth().getStackByName('OwnerProfiles-prod');
    expect(new Set([...placesIn(stack), ...placesIn(byDefault)]).size).toBeLessThanOrEqual(485);
  });

  test('has no unacknowledged finding of cdk-nag', () => {
    expect(findings(app)).toEqual([]);
  });

  test('answers at its own name alone', () => {
    expect(ofType('AWS::ApiGateway::DomainName')).toEqual([
      expect.objectContaining({ DomainName: 'profiles.example.com', RegionalCertificateArn: certificateArn }),
    ]);
    expect(ofType('AWS::ApiGateway::RestApi')).toEqual([expect.objectContaining({ DisableExecuteApiEndpoint: true })]);
    expect(stack.template.Outputs.ApiUrl.Value).toBe('https://profiles.example.com');
    expect(stack.template.Outputs.ApiDomainTarget).toBeDefined();
  });

  test('serves the console by CloudFront alone, under its own name and with the headers of the page', () => {
    expect(ofType('AWS::CloudFront::Distribution')).toEqual([
      {
        DistributionConfig: expect.objectContaining({
          Aliases: ['console.example.com'],
          ViewerCertificate: expect.objectContaining({
            AcmCertificateArn: consoleCertificateArn,
            MinimumProtocolVersion: 'TLSv1.2_2021',
          }),
          DefaultRootObject: 'console/index.html',
        }),
        Tags: expect.anything(),
      },
    ]);
    const [{ ResponseHeadersPolicyConfig: headers = {} } = {}] = ofType('AWS::CloudFront::ResponseHeadersPolicy');
    expect(joined(headers)).toMatchObject({
      SecurityHeadersConfig: {
        ContentSecurityPolicy: {
          ContentSecurityPolicy: contentSecurityPolicy('https://profiles.example.com', LOGIN),
          Override: true,
        },
        StrictTransportSecurity: expect.anything(),
      },
    });
    expect(stack.template.Outputs.ConsoleUrl.Value).toBe('https://console.example.com/console/');
    expect(of('prod').synth().getStackByName('OwnerProfiles-prod').template.Outputs.ConsoleUrl).toBeUndefined();
  });

  test('lets people sign in to the console, whom operators invite, with a second factor, by code and PKCE', () => {
    expect(ofType('AWS::Cognito::UserPool')).toEqual([
      expect.objectContaining({
        AdminCreateUserConfig: expect.objectContaining({ AllowAdminCreateUserOnly: true }),
        MfaConfiguration: 'ON',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        Policies: { PasswordPolicy: expect.objectContaining({ MinimumLength: 14, RequireSymbols: true }) },
        UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
        UserPoolTier: 'PLUS',
        DeletionProtection: 'INACTIVE',
      }),
    ]);
    expect(ofType('AWS::Cognito::UserPoolDomain')).toEqual([expect.objectContaining({ Domain: 'my-bank-profiles' })]);
    const page = 'https://console.example.com/console/';
    expect(ofType('AWS::Cognito::UserPoolClient')).toEqual([
      expect.objectContaining({
        GenerateSecret: false,
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['openid'],
        CallbackURLs: [page],
        LogoutURLs: [page],
        AccessTokenValidity: 10,
        RefreshTokenValidity: 720,
        RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
        EnableTokenRevocation: true,
        PreventUserExistenceErrors: 'ENABLED',
      }),
    ]);
    const pool = stack.template.Outputs.UserPoolId.Value.Ref;
    expect(stack.template.Resources[pool]).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate' });
    const trusted = ofType('AWS::Lambda::Function').filter((each) => JSON.stringify(each).includes('USER_POOL_ID'));
    expect(trusted).toMatchObject([
      {
        Environment: {
          Variables: {
            POWERTOOLS_SERVICE_NAME: 'authorizer',
            USER_POOL_ID: { Ref: pool },
            USER_POOL_CLIENT_ID: { Ref: expect.stringContaining('Client') },
          },
        },
      },
    ]);
    const byDefault = of('prod').synth().getStackByName('OwnerProfiles-prod').template;
    expect(JSON.stringify(byDefault)).not.toMatch(/Cognito|USER_POOL/);
  });

  test('lets the page of the console ask, and no other', () => {
    const origin = 'https://console.example.com';
    const variables = ofType('AWS::Lambda::Function').flatMap(
      ({ Environment }) => (Environment as { Variables?: Record<string, string> })?.Variables?.['CONSOLE_ORIGIN'] ?? [],
    );
    expect(new Set(variables)).toEqual(new Set([origin]));
    expect(variables.length).toBe(new Set(ROUTES.map(({ answeredBy }) => answeredBy)).size);
    const responses = ofType('AWS::ApiGateway::GatewayResponse').map(
      ({ ResponseParameters }) => ResponseParameters as Record<string, string>,
    );
    expect(responses.map((each) => each['gatewayresponse.header.Access-Control-Allow-Origin'])).toEqual(
      responses.map(() => `'${origin}'`),
    );
    const preflights = ofType('AWS::ApiGateway::Method').filter(({ HttpMethod }) => HttpMethod === 'OPTIONS');
    expect(preflights.length).toBe(new Set(ROUTES.map(({ path }) => path)).size);
    expect(preflights[0]).toMatchObject({
      AuthorizationType: 'NONE',
      Integration: {
        Type: 'MOCK',
        ContentHandling: 'CONVERT_TO_TEXT',
        IntegrationResponses: [
          {
            StatusCode: '204',
            ResponseParameters: {
              'method.response.header.Access-Control-Allow-Origin': `'${origin}'`,
              'method.response.header.Access-Control-Allow-Headers':
                "'X-Api-Key, Content-Type, If-Match, If-None-Match'",
            },
          },
        ],
      },
    });
  });

  test('lets publishers of other accounts send, and put objects below the prefix of payloads', () => {
    const statements = ['AWS::SQS::QueuePolicy', 'AWS::S3::BucketPolicy'].flatMap((type) =>
      ofType(type).flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: { Sid?: string }[] }).Statement),
    );
    const principals = { AWS: [pipeline, expect.objectContaining({ 'Fn::Join': expect.anything() })] };
    expect(statements.filter(({ Sid }) => Sid === 'Publishers')).toEqual([
      {
        Sid: 'Publishers',
        Effect: 'Allow',
        Principal: principals,
        Action: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
        Resource: expect.anything(),
      },
      {
        Sid: 'Publishers',
        Effect: 'Allow',
        Principal: principals,
        Action: 's3:PutObject',
        Resource: expect.anything(),
      },
    ]);
  });

  test('leaves the logging role of API Gateway to another stack, and takes no nightly snapshots', () => {
    expect(ofType('AWS::ApiGateway::Account')).toEqual([]);
    expect(ofType('AWS::Scheduler::Schedule')).toEqual([]);
  });

  test('has metrics of its own, apart from those of other stacks', () => {
    // The CDK's own function, which copies the files of the console, counts nothing.
    const namespaces = ofType('AWS::Lambda::Function').flatMap(
      ({ Environment }) =>
        (Environment as { Variables?: Record<string, string> })?.Variables?.['POWERTOOLS_METRICS_NAMESPACE'] ?? [],
    );
    expect(new Set(namespaces)).toEqual(new Set(['OwnerProfiles-prod-blue']));
    expect(JSON.stringify(stack.template)).not.toMatch(/OwnerProfiles(-prod)?[",]/);
  });

  test('for the first time guards nothing, and leaves nothing behind when it fails', () => {
    const { template } = prod.synth().getStackByName('OwnerProfiles-prod');
    const table = (resources: object) => Object.values(resources).find(({ Type }) => Type === 'AWS::DynamoDB::Table');
    expect(stack.terminationProtection).toBe(false);
    const resources: { Type: string; DeletionPolicy?: string }[] = Object.values(stack.template.Resources);
    const leftBehind = resources.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain');
    // The log of the CDK's own function, which copies the files of the console.
    expect(leftBehind.map(({ Type }) => Type)).toEqual(['AWS::Logs::LogGroup']);
    expect(table(stack.template.Resources)).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: { DeletionProtectionEnabled: false },
    });
    expect(table(template.Resources).Properties.DeletionProtectionEnabled).toBe(true);
    expect(prod.synth().getStackByName('OwnerProfiles-prod').terminationProtection).toBe(true);
  });
});

test('but for the role by which API Gateway writes logs, nothing of a first deployment that fails remains', () => {
  const { template } = of('prod').synth().getStackByName('OwnerProfiles-prod');
  const resources: { Type: string; DeletionPolicy?: string }[] = Object.values(template.Resources);
  const kept = resources.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain').map(({ Type }) => Type);
  expect(kept.sort()).toEqual(['AWS::ApiGateway::Account', 'AWS::IAM::Role']);
});

test('prod without a topic for its alarms warns of it, dev does not', () => {
  expect(warningsOf(prod.synth().getStackByName('OwnerProfiles-prod'))).toEqual([
    expect.stringContaining('Alarms notify nobody'),
  ]);
  expect(warningsOf(dev.synth().getStackByName('OwnerProfiles-dev'))).toEqual([]);
});

/** The page of a user pool, as `joined` writes it. */
const LOGIN = 'https://{ConsoleUsersPoolDomain}.auth.{AWS::Region}.amazoncognito.com';

/** With joins of texts and references (without the hash of their ids) joined. */
function joined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(joined);
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::Join': join } = value as { Ref?: string; 'Fn::Join'?: [string, unknown[]] };
  if (Ref !== undefined) return `{${Ref.replace(/[0-9A-F]{8}$/, '')}}`;
  if (join) return join[1].map(joined).join(join[0]);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, joined(inner)]));
}

function warningsOf(stack: CloudFormationStackArtifact): unknown[] {
  return stack.messages.filter(({ level }) => level === 'warning').map(({ entry }) => entry.data);
}

test.each([
  ['a name that the table does not have', { wroker: {} }, 'wroker: there is no such setting; there are '],
  ['a name that a group does not have', { replay: { pace: 1 } }, 'replay.pace: there is no such setting; there are '],
  ['a group with a wrong value', { worker: { timeoutSeconds: '20' } }, 'worker.timeoutSeconds'],
  ['a value out of range', { retentionMonths: 12 }, 'retentionMonths'],
  ['an ARN of something else', { alarms: { topicArn: 'arn:aws:sqs:eu-central-1:1:x' } }, 'alarms.topicArn'],
  ['a setting taken away that must be there', { worker: null }, 'worker'],
  ['a publisher that is none', { publishers: ['*'] }, 'publishers.0'],
  ['a plan by default that is none', { limits: { default: 'large' } }, 'limits.default'],
  ['a column of Athena that is no feature', { athena: { features: ['cafe.count'] } }, 'athena.features.0'],
  [
    'a column twice',
    { athena: { features: ['a|b.count 7d', 'a|b.count/7d'] } },
    'features.1: is a_b_count_7d once more',
  ],
  [
    'a prefix that Cognito refuses',
    {
      console: { name: 'a.example', certificateArn: 'arn:aws:acm:us-east-1:1:x', cognito: { domainPrefix: 'my-aws' } },
    },
    'console.cognito.domainPrefix: must be 1 to 63 of a-z',
  ],
  ['people without a console', { console: { cognito: { domainPrefix: 'my-bank' } } }, 'console.name'],
  ['no group of settings', [], 'settings: '],
])('%s is refused by its path', (_, changes, path) => {
  expect(() => stageNamed('prod', { changes })).toThrow(path);
});

test('a stack may not have any name', () => {
  expect(() => stageNamed('dev', { label: 'a b' })).toThrow('1 to 40 letters, digits and hyphens');
});

const PACKS = [AwsSolutionsChecks, NIST80053R5Checks, PCIDSS321Checks, HIPAASecurityChecks];
const findings = (app: App) => PACKS.flatMap((Pack) => new Pack(app).validateScope(app).violations);

describe('cdk-nag: AwsSolutions, NIST 800-53 R5, PCI DSS 3.2.1 and HIPAA', () => {
  test.each(STAGES)('%s has no unacknowledged finding', (stage) => {
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
