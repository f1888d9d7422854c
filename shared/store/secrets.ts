/** Where do secrets lie? In Secrets Manager: keys of the vendors, tokens of connected shops; never in the table. */
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

export interface Secrets {
  /** The text of a secret, of a version where one is named; undefined where there is none. */
  get(name: string, version?: string): Promise<string | undefined>;
  /** Puts a new version, and makes the secret where it is not there. `version` is a UUID. */
  put(name: string, version: string, text: string): Promise<void>;
}

export function openSecrets(client = new SecretsManagerClient({})): Secrets {
  return {
    async get(name, version) {
      try {
        return (await client.send(new GetSecretValueCommand({ SecretId: name, VersionId: version }))).SecretString;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    async put(name, version, text) {
      const value = { ClientRequestToken: version, SecretString: text };
      try {
        await client.send(new PutSecretValueCommand({ SecretId: name, ...value }));
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
        await client.send(new CreateSecretCommand({ Name: name, ...value })).catch((reason: unknown) => {
          // Made by another one at the same time.
          if (!(reason instanceof ResourceExistsException)) throw reason;
          return client.send(new PutSecretValueCommand({ SecretId: name, ...value }));
        });
      }
    },
  };
}
