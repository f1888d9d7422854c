/** Who may sign in, and what does a token say about them? */
import { Aws, Duration, Fn } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { pin, removalOf } from './removal-policy.ts';
import { suppress } from './suppress.ts';

/** The scope a machine asks for to send events. */
const WRITE_EVENTS = new cognito.ResourceServerScope({ scopeName: 'write', scopeDescription: 'Send events' });

/** A user pool with one client for the dashboard (code flow with PKCE, no secret) and one for machines (client credentials). */
export class SignIn extends Construct {
  readonly pool: cognito.UserPool;
  /** Origin of the issuer, which says where its keys and pages are. */
  readonly issuerOrigin: string;
  /** Address of the hosted pages, without a slash at the end. */
  readonly pagesUrl: string;
  readonly dashboardClient: cognito.UserPoolClient;
  readonly machineClient: cognito.UserPoolClient;

  constructor(scope: Construct, id: string, props: { config: Config; preToken: IFunction }) {
    super(scope, id);
    this.pool = this.makePool(props.config);
    // Version 3 is version 2 that machines' tokens pass through as well.
    this.pool.addTrigger(cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, props.preToken, cognito.LambdaVersion.V3_0);
    this.makeRoles();
    const domain = this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: Fn.join('-', [props.config.name.toLowerCase(), Aws.ACCOUNT_ID]) },
    });
    this.issuerOrigin = `https://cognito-idp.${Aws.REGION}.amazonaws.com`;
    this.pagesUrl = domain.baseUrl();
    this.dashboardClient = this.makeDashboardClient(props.config);
    this.machineClient = this.makeMachineClient();
  }

  /** Where the dashboard sends someone who signs out; `back` is a page whose address has nothing that a query would have to escape. */
  signOutUrl(back: string): string {
    // A token of the CDK cannot be encoded here, but what stands around it can.
    const [scheme, rest = ''] = back.split('://');
    const target = `${scheme}%3A%2F%2F${rest.replace(/\/$/, '%2F')}`;
    return `${this.pagesUrl}/logout?client_id=${this.dashboardClient.userPoolClientId}&logout_uri=${target}`;
  }

  private makePool(config: Config): cognito.UserPool {
    const pool = new cognito.UserPool(this, 'Users', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true } },
      // Set when the account is made. No client may write it: it decides whose numbers a token opens.
      customAttributes: { creator_id: new cognito.StringAttribute({ mutable: true, minLen: 1, maxLen: 128 }) },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      mfa: cognito.Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      featurePlan: cognito.FeaturePlan.ESSENTIALS,
      deletionProtection: config.protectUsers,
      removalPolicy: removalOf(config),
    });
    pin(pool, 'UserPool');
    suppress(pool, 'COG2', 'Sellers choose a second factor themselves: it is offered (TOTP), never by SMS, and not forced.');
    suppress(
      pool,
      'COG8',
      'The Plus plan bills every active user for threat protection; a deployment that wants it changes the plan here.',
    );
    return pool;
  }

  /** People's roles are groups of the pool; the role `service` belongs to machines and is no group. */
  private makeRoles(): void {
    for (const role of ['creator', 'analyst', 'admin']) this.pool.addGroup(role, { groupName: role });
  }

  private makeDashboardClient(config: Config): cognito.UserPoolClient {
    const client = this.pool.addClient('Dashboard', {
      generateSecret: false,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL],
        callbackUrls: config.dashboardUrls,
        logoutUrls: config.dashboardUrls,
      },
      supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
      readAttributes: new cognito.ClientAttributes().withStandardAttributes({ email: true, emailVerified: true }),
      writeAttributes: new cognito.ClientAttributes().withStandardAttributes({ email: true }),
    });
    return onlyThroughOAuth(client);
  }

  private makeMachineClient(): cognito.UserPoolClient {
    const events = this.pool.addResourceServer('Events', { identifier: 'events', scopes: [WRITE_EVENTS] });
    const client = this.pool.addClient('Machine', {
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: [cognito.OAuthScope.resourceServer(events, WRITE_EVENTS)] },
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
    });
    return onlyThroughOAuth(client);
  }
}

/** TRICKY: a client that names no flow gets Cognito's default ones, which take passwords past the sign-in page. */
function onlyThroughOAuth(client: cognito.UserPoolClient): cognito.UserPoolClient {
  (client.node.defaultChild as cognito.CfnUserPoolClient).explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];
  return client;
}
