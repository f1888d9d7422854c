/** Is a port taken in words, and does it answer before there is anything to answer? */
import { describe, expect, it } from 'vitest';
import { listenLocally, portOf } from '../../local/listen.ts';

describe('a port', () => {
  it('answers 503 until the service stands: programs in JSON, a browser in words that look again', async () => {
    const entrance = await listenLocally(0);
    const ask = (accept: string) => fetch(`http://127.0.0.1:${portOf(entrance.server)}/`, { headers: { accept } });
    const program = await ask('application/json');
    expect([program.status, program.headers.get('retry-after'), await program.json()]).toEqual([
      503,
      '1',
      { message: 'Service Unavailable' },
    ]);
    const browser = await ask('text/html,*/*');
    expect([browser.status, browser.headers.get('refresh')]).toEqual([503, '1']);
    expect(await browser.text()).toContain('is starting');
    entrance.open((_request, response) => void response.end('here'));
    expect(await (await ask('text/html')).text()).toBe('here');
    await entrance.close();
  });

  it('in use is refused with another one, which there is', async () => {
    const first = await listenLocally(0);
    const port = portOf(first.server);
    await expect(listenLocally(port)).rejects.toThrow(
      `Port ${port} is in use. Choose another: npm start -- --port ${port === 65_535 ? 8787 : port + 1}`,
    );
    await first.close();
  });
});
