/** Do the stand-ins for SQS and Secrets Manager answer the clients that functions use, and keep secrets to their owner? */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { type QueueMessage, startQueueEndpoint } from '../../local/invokers/queue-endpoint.ts';
import { openSecretsFile, startSecrets } from '../../local/servers/secrets.ts';
import { keepVendorKeys } from '../../local/vendor-keys.ts';
import { openQueue } from '../../shared/jobs/queue.ts';
import { openSecrets } from '../../shared/store/secrets.ts';

const account = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'secrets-'));
  undo.push(() => rmSync(made, { recursive: true }));
  return made;
}

describe('a queue', () => {
  it('takes a message for its function, and refuses one for a queue that is not there', async () => {
    const added: [string, QueueMessage][] = [];
    const endpoint = await startQueueEndpoint({ has: (name) => name === 'webhooks', add: (...each) => added.push(each) });
    undo.push(endpoint.close);
    const url = `http://127.0.0.1:${endpoint.port}`;
    const client = new SQSClient({ ...account, endpoint: url, maxAttempts: 1 });
    await openQueue(`${url}/webhooks`, client)({ type: 1 });
    expect(added).toMatchObject([['webhooks', { body: '{"type":1}' }]]);
    await expect(openQueue(`${url}/other`, client)({})).rejects.toThrow('There is no such queue');
  });
});

describe('secrets', () => {
  it('are kept by version, in a file that its owner alone may read', async () => {
    const file = join(folder(), 'secrets.json');
    const endpoint = await startSecrets(openSecretsFile(file));
    undo.push(endpoint.close);
    const client = new SecretsManagerClient({ ...account, endpoint: `http://127.0.0.1:${endpoint.port}`, maxAttempts: 1 });
    const secrets = openSecrets(client);
    const [one, two] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
    expect(await secrets.get('a/b')).toBeUndefined();
    await secrets.put('a/b', one, 'first');
    await secrets.put('a/b', two, 'second');
    expect([await secrets.get('a/b'), await secrets.get('a/b', one), await secrets.get('a/b', two)]).toEqual([
      'second',
      'first',
      'second',
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('keep their own key over starts, and the keys of an earlier one', () => {
    const secrets = openSecretsFile(join(folder(), 'secrets.json'));
    const read = () => JSON.parse(secrets.get('keys') ?? '{}');
    keepVendorKeys(secrets, 'keys');
    const { ownKey } = read();
    expect(ownKey.length).toBeGreaterThan(40);
    keepVendorKeys(secrets, 'keys', { tiktokShop: { appKey: 'a', appSecret: 'b' } });
    keepVendorKeys(secrets, 'keys');
    expect(read()).toEqual({ ownKey, tiktokShop: { appKey: 'a', appSecret: 'b' } });
  });
});
