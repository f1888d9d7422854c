/** Where do secrets lie on one machine? In one file of the data folder that its owner alone may read, behind the few calls of Secrets Manager that are made. */
import { existsSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { writeWhole } from '../data-dir.ts';
import { type Http2Proxy, startHttp2Proxy } from './http2-proxy.ts';

/** A secret's versions, the newest last; the one before it is kept for who still holds it. */
interface Versions {
  [version: string]: string;
}

const kept = 20;

export interface SecretsFile {
  get(name: string, version?: string): string | undefined;
  put(name: string, version: string, text: string): void;
}

/** The file, read and written whole. */
export function openSecretsFile(file: string): SecretsFile {
  const read = (): Record<string, Versions> => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
  return {
    get(name, version) {
      const versions = read()[name] ?? {};
      return version === undefined ? Object.values(versions).at(-1) : versions[version];
    },
    put(name, version, text) {
      const all = read();
      const versions = Object.entries({ ...all[name], [version]: text }).slice(-kept);
      writeWhole(file, JSON.stringify({ ...all, [name]: Object.fromEntries(versions) }), 0o600);
    },
  };
}

/** Starts the endpoint that `AWS_ENDPOINT_URL_SECRETS_MANAGER` names. */
export function startSecrets(secrets: SecretsFile): Promise<Http2Proxy> {
  const listener: RequestListener = async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { SecretId, Name, VersionId, ClientRequestToken, SecretString } = JSON.parse(text || '{}');
    const answer = (status: number, body: object) =>
      void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    const name = SecretId ?? Name;
    const found = secrets.get(name, VersionId);
    const call = String(request.headers['x-amz-target']).replace('secretsmanager.', '');
    if (call === 'GetSecretValue' && found !== undefined) return answer(200, { Name: name, SecretString: found });
    if (call === 'CreateSecret' || (call === 'PutSecretValue' && secrets.get(name) !== undefined)) {
      secrets.put(name, ClientRequestToken, SecretString);
      return answer(200, { Name: name, VersionId: ClientRequestToken });
    }
    return answer(400, { __type: 'ResourceNotFoundException', message: 'There is no such secret.' });
  };
  return startHttp2Proxy(listener);
}
