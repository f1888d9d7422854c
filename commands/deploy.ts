/** `npm run deploy`: puts the service into an AWS account. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HELP = `Bundles the functions, builds the dashboard and deploys all stacks with the CDK.

  npm run deploy -- [flags of cdk deploy]

  --profile name            AWS profile to use
  -c, --context key=value   configuration, as often as needed (keys and defaults: infra/config.ts)
  --require-approval never  do not ask before roles and policies change
  --no-execute              prepare the change sets, change nothing
  -h, --help                this text; every other flag goes to cdk deploy as it is

The account and Region must have been prepared once: npx cdk bootstrap --profile name
A finding of the AwsSolutions rules stops the deployment.`;

const NO_CREDENTIALS = `No AWS credentials found, so there is nowhere to deploy to.
Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in (aws sso login) and pass --profile name.
npm run synth shows what would be deployed and needs no account; npm start runs everything on this machine.`;

const ROOT = join(import.meta.dirname, '..');
const flags = process.argv.slice(2);

if (flags.includes('--help') || flags.includes('-h')) {
  console.log(HELP);
} else if (!hasCredentials(process.env, flags)) {
  console.error(NO_CREDENTIALS);
  process.exitCode = 1;
} else {
  // The app builds what is deployed.
  process.exitCode = await run([
    fileURLToPath(import.meta.resolve('aws-cdk/bin/cdk')),
    'deploy',
    '--all',
    '-c',
    'nag=true',
    ...flags,
  ]);
}

/** Says whether there is anything that credentials could come from; whether they are valid, AWS says. */
function hasCredentials(env: NodeJS.ProcessEnv, given: string[]): boolean {
  const variables = ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'];
  const isNamed = [...variables, 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'].some((name) => env[name]);
  const isFlagged = given.some((flag) => flag === '--profile' || flag.startsWith('--profile='));
  const folder = join(homedir(), '.aws');
  const files = [env.AWS_SHARED_CREDENTIALS_FILE ?? join(folder, 'credentials'), env.AWS_CONFIG_FILE ?? join(folder, 'config')];
  return isNamed || isFlagged || files.some((file) => existsSync(file));
}

function run(args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
