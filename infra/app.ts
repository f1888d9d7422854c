/** Which stacks make the service? */
import { App } from 'aws-cdk-lib';
import packageJson from '../package.json' with { type: 'json' };
import { BUNDLES } from './build.ts';
import { type ConfigInput, makeConfig, readConfig } from './config.ts';
import { DataStack } from './data-stack.ts';
import { LakeStack } from './lake-stack.ts';
import { ServiceStack } from './service-stack.ts';
import { WebStack } from './web-stack.ts';

/** Behaviours of the CDK library that are chosen rather than inherited from its oldest version. */
const FEATURES = {
  '@aws-cdk/aws-iam:minimizePolicies': true,
  // A log bucket that owns its objects cannot take them by access list, only by policy.
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/core:enablePartitionLiterals': true,
  // CloudFormation then refuses to take away what the other stack still uses.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
};

export interface AppOptions {
  /** The configuration; by default it is read from the CDK context. */
  config?: ConfigInput;
  /** CDK context, as `-c key=value` and cdk.json give it to the CDK command. */
  context?: Record<string, unknown>;
  /** Where the templates go; a folder under the system's temporary one by default. */
  outdir?: string;
  /** Folder with one bundle per function; .build/functions by default. */
  bundles?: string;
  /** Folder with the built dashboard; without it there is no stack that serves one. */
  web?: string;
  /** Also check the templates against CloudFormation's own schemas: some two seconds more. */
  isChecked?: boolean;
}

/**
 * Makes the stacks without looking anything up: no account, no Region, no network.
 * Call `.synth()` on the result for the templates; `buildFunctions()` must have run before (run as a program, it does so itself).
 */
export function createApp(options: AppOptions = {}): App {
  const app = new App({
    outdir: options.outdir,
    context: { ...FEATURES, ...options.context },
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: options.isChecked ?? false,
  });
  const config = options.config ? makeConfig(options.config) : readConfig(app.node);
  const data = new DataStack(app, `${config.name}Data`, {
    config,
    terminationProtection: config.removal === 'retain',
    description: 'Creator Analytics: table, streams, buckets',
  });
  new LakeStack(app, `${config.name}Lake`, {
    config,
    data,
    description: 'Creator Analytics: tables, views and workgroups over the lake',
  });
  const service = new ServiceStack(app, `${config.name}Service`, {
    config,
    data,
    bundles: options.bundles ?? BUNDLES,
    version: packageJson.version,
    description: 'Creator Analytics: functions, API, sign-in',
  });
  if (options.web)
    new WebStack(app, `${config.name}Web`, {
      config,
      data,
      service,
      folder: options.web,
      description: 'Creator Analytics: dashboard',
    });
  return app;
}

if (import.meta.main) {
  // Every command of the CDK comes through here, the first ones in a fresh clone too (bootstrap, ls, diff): what is deployed is built
  // from the sources as they stand. Loaded on demand: the builders are development dependencies and take their time.
  const [{ buildFunctions }, { buildWeb }] = await Promise.all([import('./build.ts'), import('./build-web.ts')]);
  await buildFunctions();
  const app = createApp({ isChecked: true, web: await buildWeb() });
  if (app.node.tryGetContext('nag')) {
    // On demand as well.
    const { addNag } = await import('./nag.ts');
    addNag(app);
  }
  app.synth();
}
