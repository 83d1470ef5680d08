import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  Distribution,
  HeadersFrameOption,
  HttpVersion,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Duration, Fn, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { BASE, bundleConsole } from '../console/build/bundle.ts';
import { contentSecurityPolicy, SECURITY_HEADERS } from '../console/build/headers.ts';
import { loginOf, pageWith, type Surroundings } from '../console/build/page.ts';
import { acknowledge, acknowledgeIn } from './acknowledge.ts';
import { ConsoleUsers } from './console-users.ts';
import { publish } from './output.ts';
import { objectsFinding } from './private-bucket.ts';
import { removalPolicyOf } from './removal-policy.ts';
import type { StageSettings } from './stages.ts';

export type ConsoleProps = {
  readonly settings: StageSettings;
  readonly domain: NonNullable<StageSettings['console']>;
  /** Base URL of the API, without a slash at its end. */
  readonly apiUrl: string;
  /** Judges who calls: where people may sign in, by their tokens too. */
  readonly authorizer: LambdaFunction;
};

/** Folder of the page in the bucket: the path that its links have. */
const FOLDER = BASE.slice(1, -1);
const PAGE = 'index.html';
const ONE_PAGE =
  'It holds the files of one public page, which are made again from the sources, and nothing of any client or owner.';

/**
 * The console: its files in a bucket that nobody but CloudFront reads, under a name of the deployment's own, with the headers that
 * the page is served with on one machine, too. Every address below is the page, which finds out itself what it shows.
 */
export class Console extends Construct {
  constructor(scope: Construct, id: string, { settings, domain, apiUrl, authorizer }: ConsoleProps) {
    super(scope, id);
    const { name, cognito } = domain;
    const users = cognito && new ConsoleUsers(this, 'Users', { settings, consoleName: name, ...cognito });
    users?.bindVerifier(authorizer);
    const bucket = this.files(settings);
    const distribution = new Distribution(this, 'Distribution', {
      comment: `owner-profiles-${settings.name} console`,
      domainNames: [name],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultRootObject: `${FOLDER}/${PAGE}`,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket as IBucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: this.headers(apiUrl, users),
      },
      // Without the right to list a bucket, a missing object is a 403.
      errorResponses: [403, 404].map((httpStatus) => ({
        httpStatus,
        responseHttpStatus: 200,
        responsePagePath: `/${FOLDER}/${PAGE}`,
        ttl: Duration.minutes(1),
      })),
    });
    this.deploy(bucket, distribution, {
      'api-url': apiUrl,
      ...(users && { login: loginOf(users.loginUrl, users.clientId) }),
    });
    acknowledge(distribution, {
      CFR1: 'Who may use the page is decided by keys and their lists of addresses, not by countries.',
      CFR2: 'What is served is a few static files; the API, which they ask, can have a web ACL (webAclArn).',
      CFR3: 'The page is public and its addresses name nobody: ids are in fragments, which reach no server. Callers of the API are in its access log.',
    });
    acknowledgeIn(distribution, 'all', {
      CloudFrontDistributionAccessLogging:
        'The page is public and its addresses name nobody; callers of the API are in its access log.',
    });
    publish(this, 'ConsoleUrl', `https://${name}${BASE}`, 'Address of the console');
    publish(
      this,
      'ConsoleDomainTarget',
      distribution.distributionDomainName,
      'What the DNS name of the console is an alias of',
    );
  }

  private files(settings: StageSettings): Bucket {
    const bucket = new Bucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: removalPolicyOf(settings),
    });
    acknowledge(bucket, { S1: ONE_PAGE });
    acknowledgeIn(bucket, 'all', {
      S3BucketLoggingEnabled: ONE_PAGE,
      S3BucketReplicationEnabled: ONE_PAGE,
      S3BucketVersioningEnabled: ONE_PAGE,
      S3DefaultEncryptionKMS: ONE_PAGE,
    });
    return bucket;
  }

  private headers(apiUrl: string, users: ConsoleUsers | undefined): ResponseHeadersPolicy {
    const asked = [originOf(apiUrl), ...(users ? [users.loginUrl] : [])];
    return new ResponseHeadersPolicy(this, 'Headers', {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(...asked), override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: true },
      },
      customHeadersBehavior: {
        customHeaders: Object.entries(SECURITY_HEADERS)
          .filter(([header]) => header !== 'x-content-type-options')
          .map(([header, value]) => ({ header, value, override: true })),
      },
    });
  }

  private deploy(bucket: Bucket, distribution: Distribution, surroundings: Surroundings): void {
    const folder = bundleConsole();
    const files = readdirSync(folder).sort();
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    const page = pageWith(read(PAGE), surroundings);
    const common = {
      destinationBucket: bucket as IBucket,
      destinationKeyPrefix: FOLDER,
      prune: false,
      retainOnDelete: false,
    };
    const named = new BucketDeployment(this, 'Named', {
      ...common,
      sources: files.filter((name) => name !== PAGE).map((name) => Source.data(name, read(name))),
      cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
    });
    // The page last: what it names must be there.
    new BucketDeployment(this, 'Page', {
      ...common,
      sources: [Source.data(PAGE, page)],
      cacheControl: [CacheControl.noCache()],
      distribution,
      distributionPaths: [`${BASE}*`, '/'],
    }).node.addDependency(named);
    acknowledgeDeployment(bucket);
  }
}

/** What the CDK grants the function that copies the files, beside the bucket's own objects. */
const COPIES = [
  'Action::s3:GetBucket*',
  'Action::s3:GetObject*',
  'Action::s3:List*',
  'Action::s3:Abort*',
  'Action::s3:DeleteObject*',
  'Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*',
  // To have CloudFront forget the page before.
  'Resource::*',
];

/** The function that copies the files is the CDK's own, one of each stack, and runs when the stack is deployed. */
function acknowledgeDeployment(bucket: Bucket): void {
  const reason = "The CDK's own function copies the files at deployment; its role and runtime are the CDK's.";
  const grants = [...COPIES.map((finding) => `IAM5[${finding}]`), objectsFinding(bucket)];
  const { children } = Stack.of(bucket).node;
  for (const child of children.filter(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'))) {
    acknowledge(child, {
      L1: reason,
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]': reason,
      ...Object.fromEntries(grants.map((finding) => [finding, reason])),
    });
    acknowledgeIn(child, 'all', {
      CloudWatchLogGroupEncrypted: reason,
      IAMNoInlinePolicy: reason,
      LambdaConcurrency: reason,
      LambdaDLQ: reason,
      LambdaInsideVPC: reason,
    });
  }
}

/** A policy names origins: with a path it would mean that path alone. The address may be known to CloudFormation only. */
const originOf = (url: string): string => `https://${Fn.select(2, Fn.split('/', url))}`;
