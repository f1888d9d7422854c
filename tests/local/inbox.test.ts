/** Does the embedded SES take mail from this machine only, and show it to nobody else? */
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ServerThread, startServerThread } from '../../local/servers/thread.ts';
import { composeMessage } from '../../shared/mail/message.ts';
import { openMail } from '../../shared/mail/send.ts';

let server: ServerThread;
let port = 0;
beforeAll(async () => {
  const fail = (reason: Error): never => {
    throw reason;
  };
  server = await startServerThread(new URL('../../local/servers/ses-worker.ts', import.meta.url), {}, fail);
  port = Number(new URL(server.url).port);
});
afterAll(() => server.stop());

const account = { region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };

/** The status of a GET of the inbox with these headers, at this address. */
const statusOf = (headers: Record<string, string>, host = '127.0.0.1'): Promise<number | string> =>
  new Promise((resolve) => {
    const asked = request({ host, port, path: '/store', headers, timeout: 2000 }, ({ statusCode = 0 }) => resolve(statusCode));
    asked.on('timeout', () => asked.destroy(new Error('timeout')));
    asked.on('error', ({ code = 'error' }: NodeJS.ErrnoException) => resolve(code));
    asked.end();
  });

describe('the embedded SES', () => {
  it('keeps what is sent, text and HTML, markup made harmless', async () => {
    const send = openMail('files@example.com', new SESv2Client({ ...account, endpoint: server.url }));
    await send(
      composeMessage('ana@example.com', 'A <b> & "c"', ['<script>1</script>', { says: 'there', link: 'http://x/?a="1"&b=2' }]),
    );
    const { emails } = JSON.parse(await (await fetch(`${server.url}/store`)).text());
    expect(emails).toMatchObject([
      { from: 'files@example.com', destination: { to: ['ana@example.com'] }, subject: 'A <b> & "c"' },
    ]);
    expect(emails[0].body.text).toBe('<script>1</script>\n\nthere: http://x/?a="1"&b=2\n');
    expect(emails[0].body.html).toContain('<p>&lt;script&gt;1&lt;/script&gt;</p>');
    expect(emails[0].body.html).toContain('<a href="http://x/?a=&quot;1&quot;&amp;b=2" rel="noreferrer">there</a>');
    expect(await (await fetch(server.url)).text()).toContain('<html');
  });

  it('is found by the variable that the SDK reads', async () => {
    const variables = {
      AWS_ENDPOINT_URL_SESV2: server.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
    };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    await openMail('files@example.com')(composeMessage('bo@example.com', 'found', ['text']));
    vi.unstubAllEnvs();
    expect(await (await fetch(`${server.url}/store`)).text()).toContain('bo@example.com');
  });

  it('answers no page that points its own name here, and no other origin', async () => {
    expect(await statusOf({})).toBe(200);
    expect(await statusOf({ host: `rebound.example.com:${port}` })).toBe(403);
    expect(await statusOf({ origin: 'https://evil.example.com' })).toBe(403);
    expect(await statusOf({ origin: server.url })).toBe(200);
  });

  it('listens on the loopback only', async () => {
    const others = Object.values(networkInterfaces()).flatMap((each = []) =>
      each.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
    );
    for (const address of others) expect(await statusOf({}, address)).toBe('ECONNREFUSED');
    expect(await statusOf({}, '::1')).not.toBe(200);
  });

  it('says what SES refused by its name, and no more', async () => {
    const send = openMail('', new SESv2Client({ ...account, endpoint: server.url }));
    const refused = send(composeMessage('ana@example.com', 'subject', ['text']));
    await expect(refused).rejects.toThrow(/^the mail service answered \w+( error)?$/);
  });

  it.each([
    ['to', 'a@example.com\nBcc: b@example.com', 'subject'],
    ['subject', 'a@example.com', 'one\r\nBcc: b@example.com'],
  ])('gets no message whose %s reaches beyond its header', (_, to, subject) => {
    expect(() => composeMessage(to, subject, [])).toThrow('line break');
  });
});
