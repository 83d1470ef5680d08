import {
  AccountRecovery,
  FeaturePlan,
  type IUserPool,
  Mfa,
  OAuthScope,
  StandardThreatProtectionMode,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { BASE } from '../console/build/bundle.ts';
import { USER_POOL_CLIENT_ID, USER_POOL_ID } from '../functions/runtime/names.ts';
import { publish } from './output.ts';
import { removalPolicyOf } from './removal-policy.ts';
import type { StageSettings } from './stages.ts';

export type ConsoleUsersProps = {
  readonly settings: StageSettings;
  /** Name of the console's own domain. */
  readonly consoleName: string;
  readonly domainPrefix: string;
};

/** So long somebody who was taken out of a group keeps its rights; the gateway's cached verdict comes on top. */
const TOKEN = Duration.minutes(10);
/** A working day. */
const SESSION = Duration.hours(12);

/**
 * The people who may sign in to the console, in a user pool of the stage's own. Operators make them, and give them rights by groups
 * (functions/adapters/clients/user-groups.ts), which are data and not part of the stack.
 */
export class ConsoleUsers extends Construct {
  /** The origin of the page where they sign in. */
  readonly loginUrl: string;
  readonly clientId: string;
  private readonly pool: UserPool;

  constructor(scope: Construct, id: string, { settings, consoleName, domainPrefix }: ConsoleUsersProps) {
    super(scope, id);
    this.pool = this.userPool(settings, consoleName);
    this.loginUrl = this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix } }).baseUrl();
    this.clientId = this.consoleClient(`https://${consoleName}${BASE}`).userPoolClientId;
    publish(this, 'UserPoolId', this.pool.userPoolId, 'User pool of those who sign in to the console');
    publish(this, 'UserPoolClientId', this.clientId, "The console's client in the user pool");
  }

  /** Lets a function know whose tokens to trust. Their keys are public: it needs no right. */
  bindVerifier(fn: LambdaFunction): void {
    fn.addEnvironment(USER_POOL_ID, this.pool.userPoolId);
    fn.addEnvironment(USER_POOL_CLIENT_ID, this.clientId);
  }

  private userPool(settings: StageSettings, consoleName: string): UserPool {
    return new UserPool(this, 'Pool', {
      userPoolName: settings.stackName,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      // Refuses passwords that are known to be stolen, and sign-ins that look like somebody else's.
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      userInvitation: {
        emailSubject: 'Owner Profiles',
        emailBody: `Sign in at https://${consoleName}${BASE} as {username}, at first with the password {####}`,
      },
      deletionProtection: settings.guarded,
      removalPolicy: removalPolicyOf(settings),
    });
  }

  /** A page in a browser keeps no secret: the grant is by code with PKCE, and each refresh token works once. */
  private consoleClient(page: string): UserPoolClient {
    return new UserPoolClient(this, 'Client', {
      userPool: this.pool as IUserPool,
      generateSecret: false,
      // With rotation, a client must name its flows, and not that of refresh tokens.
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID],
        callbackUrls: [page],
        logoutUrls: [page],
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      accessTokenValidity: TOKEN,
      idTokenValidity: TOKEN,
      refreshTokenValidity: SESSION,
      // For an answer that was lost on its way.
      refreshTokenRotationGracePeriod: Duration.seconds(10),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
  }
}
