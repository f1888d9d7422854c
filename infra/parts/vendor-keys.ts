/** Where do the keys lie that the deployment shares with vendors? */
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { pin, removalOf } from './removal-policy.ts';
import { suppress } from './suppress.ts';

/** One secret: a key of its own is drawn at once, keys of the vendors' apps are put in by hand (docs/02-implementation/connect-tiktok-shop.md). */
export class VendorKeys extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { config }: { config: Config }) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: 'Keys of the apps at TikTok Shop and others, and the key that hashes buyers',
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'ownKey',
        passwordLength: 48,
        excludePunctuation: true,
      },
      removalPolicy: removalOf(config),
    });
    pin(this.secret, 'VendorKeys');
    suppress(
      this.secret,
      'SMG4',
      'Vendors give out these keys, by hand; and another key of its own would make other buyers of all.',
    );
  }
}
