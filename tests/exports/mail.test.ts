/** Does a scheduled export tell by mail that it is there, to whom it should and once where that can be known, and does its link open the file? */
import { createHash } from 'node:crypto';
import { DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { noteMail } from '../../shared/exports/items/mails.ts';
import { keepSchedule } from '../../shared/exports/schedules.ts';
import { settingsOf } from '../../shared/store/table.ts';
import { type ExportsContext, makeDesk } from '../make/desk.ts';
import { makeOrder } from '../make/events.ts';

const schedules = '/v1/creators/{creatorId}/export-schedules';
const mailTo = 'ana+files@example.com';
const schedule = { cadence: 'daily' as const, hour: 6, what: { entities: 'orders' }, format: 'csv' as const, mailTo };
const desks: ExportsContext[] = [];
let desk: ExportsContext;

beforeEach(async () => {
  desk = await makeDesk('2026-03-20T16:00:00Z');
  desks.push(desk);
  await desk.shop.load('c-1', [makeOrder('o-1', { paidAt: '2026-03-20T18:00:00Z' })]);
});
afterAll(() => Promise.all(desks.map((each) => each.close())));

const put = (body: object = schedule, roles = ['creator']) =>
  desk.ask({ route: `PUT ${schedules}/{id}`, creatorId: 'c-1', as: 'c-1', id: 'sales', roles, body });
const job = async () => (await desk.get('sales_2026-03-20')).json;
/** The event of the run that is due on the day after. */
async function due() {
  await put();
  desk.setNow('2026-03-21T10:02:00Z');
  await desk.due();
  return desk.started[0] as { creatorId: string; id: string };
}
const forget = (sk: string) => {
  const { table } = desk.shop;
  return table.send(new DeleteItemCommand({ TableName: table.name, Key: { pk: { S: settingsOf('c-1') }, sk: { S: sk } } }));
};
const open = (link: string, change: (token: string) => string = (token) => token) => {
  const token = change(new URL(link).searchParams.get('token') ?? '');
  const route = 'GET /v1/creators/{creatorId}/exports/{id}/file';
  return desk.ask({ route, creatorId: 'c-1', id: 'sales_2026-03-20', roles: null, query: { token } });
};
const linkIn = (text = '') => /https:\/\/\S+/.exec(text)?.[0] ?? '';

describe('a schedule with an address', () => {
  it('mails a link that opens the file, says until when, and says so in the job', async () => {
    await due();
    expect((await job()).mail).toEqual({ status: 'waiting', at: null, linkUntil: null });
    await desk.run();
    const [mail] = desk.mails;
    expect([desk.mails.length, desk.mailed, mail?.to, mail?.subject]).toEqual([
      1,
      ['mailed'],
      mailTo,
      'Export sales of 2026-03-20',
    ]);
    expect(mail?.text).toContain('The link is good until 2026-03-28 10:02 UTC.');
    const { mail: told, sha256 } = await job();
    expect(told).toEqual({ status: 'sent', at: '2026-03-21T10:02:00.000Z', linkUntil: '2026-03-28T10:02:00.000Z' });
    expect(mail?.text).toContain(sha256);
    expect(mail?.html).toContain(`<a href="${linkIn(mail?.text).replaceAll('&', '&amp;')}"`);
    const { status, headers } = await open(linkIn(mail?.text));
    expect([status, headers['cache-control'], headers['referrer-policy']]).toEqual([302, 'private, no-store', 'no-referrer']);
    const file = Buffer.from(await (await fetch(headers.location ?? '')).arrayBuffer());
    expect(createHash('sha256').update(file).digest('hex')).toBe(sha256);
  });

  it('tells the address to its creator and to admins, not to analysts', async () => {
    expect((await put()).json).toMatchObject({ isMailed: true, mailTo });
    const { json } = await desk.ask({ route: `GET ${schedules}/{id}`, creatorId: 'c-1', roles: ['analyst'], id: 'sales' });
    expect([json.isMailed, json.mailTo]).toEqual([true, undefined]);
    expect(JSON.stringify((await desk.ask({ route: `GET ${schedules}`, creatorId: 'c-1', roles: ['admin'] })).json)).toContain(
      mailTo,
    );
  });

  it('keeps it in the creator’s own partition alone, and logs it nowhere', async () => {
    const logged = (['log', 'warn', 'error'] as const).map((level) => vi.spyOn(console, level).mockImplementation(() => {}));
    await due();
    desk.refuseMail(new Error('the mail service answered MessageRejected'));
    await expect(desk.run()).rejects.toThrow();
    const said = JSON.stringify(logged.map((each) => each.mock.calls));
    for (const each of logged) each.mockRestore();
    expect(said).not.toContain(mailTo);
    const { table } = desk.shop;
    const { Items = [] } = await table.send(new ScanCommand({ TableName: table.name }));
    const holding = Items.filter((item) => JSON.stringify(item).includes(mailTo)).map(({ pk, sk }) => [pk?.S, sk?.S]);
    expect(holding).toEqual([[settingsOf('c-1'), 'S#export-schedule#sales']]);
  });

  it.each([
    'ana@example.com\r\nBcc: all@example.com',
    'ana@example.com\n',
    'ana@example.com, bo@example.com',
    'Ana <ana@example.com>',
    'ana@example.com%0d%0aBcc:x@example.com',
    '"ana\r\n"@example.com',
    'ana@exa\0mple.com',
    'añá@example.com',
    'ana@localhost',
    `${'a'.repeat(65)}@example.com`,
    `ana@${'a.'.repeat(130)}com`,
    '',
    42,
    ['ana@example.com'],
  ])('is refused where it is not one plain address: %j', async (address) => {
    const { status, json } = await put({ ...schedule, mailTo: address });
    expect([status, json.code, json.issues[0].path]).toEqual([400, 'bad_request', 'mailTo']);
    expect(JSON.stringify(json)).not.toContain('Bcc');
  });

  it('is refused where the deployment sends no mail, and the same without one is not', async () => {
    const { table } = desk.shop;
    const keep = (body: object) => keepSchedule({ table, sendsMail: false }, 'c-1', 'sales', body as never, 0);
    const message = 'no mail is sent here, the deployment has no mailFrom: leave it out, the files lie in the list';
    await expect(keep(schedule)).rejects.toMatchObject({ code: 'bad_request', issues: [{ path: 'mailTo', message }] });
    const { mailTo: _, ...silent } = schedule;
    expect(await keep(silent)).toMatchObject({ id: 'sales' });
  });
});

describe('a mail', () => {
  it('that is not taken is told in the job, tried again, and sent once', async () => {
    const event = await due();
    desk.refuseMail(new Error('the mail service answered TooManyRequestsException'));
    await expect(desk.run()).rejects.toThrow('the mail of export sales_2026-03-20 was not sent');
    expect(await job()).toMatchObject({
      status: 'done',
      mail: {
        status: 'failed',
        linkUntil: null,
        reason: 'It could not be sent: the mail service answered TooManyRequestsException.',
      },
    });
    desk.started.push(event);
    await desk.run();
    desk.started.push(event, event);
    await desk.run();
    expect([desk.mails.length, (await job()).mail.status]).toEqual([1, 'sent']);
    expect(desk.mailed).toEqual(['mailed', 'nothing to mail', 'nothing to mail']);
  });

  it('is sent by one of two runs at once', async () => {
    const event = await due();
    desk.started.push(event, event);
    await desk.run();
    expect(desk.mails).toHaveLength(1);
  });

  it('whose answer was lost may come twice, with the same link: SES has no token for a repetition', async () => {
    const event = await due();
    desk.refuseMail(new Error('the mail service answered TimeoutError'), true);
    await expect(desk.run()).rejects.toThrow();
    desk.started.push(event);
    await desk.run();
    expect(desk.mails).toHaveLength(2);
    expect(new Set(desk.mails.map(({ text }) => linkIn(text))).size).toBe(1);
  });

  it('of a run that died on the way is sent by the next one, once that run cannot be at it any more', async () => {
    const event = await due();
    const dying = { ...desk.shop.table };
    let calls = 0;
    // The store takes the claim and then nothing more: what was sent is not noted.
    dying.send = (async (command: { constructor: { name: string }; input: { ExpressionAttributeValues?: object } }) => {
      if (JSON.stringify(command.input.ExpressionAttributeValues ?? {}).includes('"sent"')) {
        calls += 1;
        throw new Error('died');
      }
      return desk.shop.table.send(command as never);
    }) as never;
    await expect(desk.run((stores) => ({ ...stores, table: dying }))).rejects.toThrow('died');
    expect([calls, (await job()).mail.status]).toEqual([1, 'sending']);
    desk.started.push(event);
    await desk.run();
    expect([desk.mails.length, (await job()).mail.status]).toEqual([2, 'sent']);
  });

  it('that nobody sends any more is told as failed', async () => {
    const event = await due();
    await desk.run();
    expect(await noteMail(desk.shop.table, { creatorId: 'c-1', id: event.id }, 'another', { status: 'failed', now: '' })).toBe(
      false,
    );
    await put({ ...schedule, what: { report: 'dashboard' } });
    desk.setNow('2026-03-22T10:02:00Z');
    await desk.due();
    desk.started.splice(0);
    const waiting = async () => (await desk.get('sales_2026-03-21')).json;
    expect(await waiting()).toMatchObject({ status: 'queued', mail: { status: 'waiting' } });
    desk.setNow('2026-03-22T12:02:00Z');
    expect(await waiting()).toMatchObject({
      status: 'failed',
      mail: { status: 'failed', reason: 'There is no file to tell of.' },
    });
  });

  it.each([
    ['the schedule asks for none any more', () => put({ ...schedule, mailTo: null }), 'The schedule asks for no mail any more.'],
    ['the schedule is deleted', () => forget('S#export-schedule#sales'), 'The schedule asks for no mail any more.'],
  ])('is not sent where %s', async (_, change, reason) => {
    await due();
    await change();
    await desk.run();
    expect([desk.mails, desk.mailed, (await job()).mail.reason]).toEqual([[], ['not mailed'], reason]);
  });

  it('goes to whom the schedule names when the file is done', async () => {
    await due();
    await put({ ...schedule, mailTo: 'bo@example.com' });
    await desk.run();
    expect(desk.mails.map(({ to }) => to)).toEqual(['bo@example.com']);
  });

  it('is not sent without a sender: the job says why, and nothing is tried again', async () => {
    await due();
    await desk.run((stores) => ({ ...stores, sender: undefined }));
    expect([desk.mails, (await job()).mail.reason]).toEqual([[], 'This deployment sends no mail: it has no mailFrom.']);
  });

  it('is not sent of a creator who was erased, before the file or after it', async () => {
    const event = await due();
    const putBack = desk.shop.load('c-1', []);
    await putBack;
    desk.refuseMail(new Error('the mail service answered TimeoutError'));
    await expect(desk.run()).rejects.toThrow();
    await forget('S#profile');
    desk.started.push(event);
    await desk.run();
    expect([desk.mails, desk.mailed]).toEqual([[], ['not mailed']]);
    await forget(`S#export#${event.id}`);
    desk.started.push(event);
    await desk.run();
    expect([desk.mails, desk.mailed.at(-1)]).toEqual([[], 'nothing to mail']);
  });
});

describe('a mailed link', () => {
  it.each([
    ['another token', (token: string) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
    ['a shorter one', (token: string) => token.slice(0, 10)],
    ['none', () => ''],
  ])('with %s is not found', async (_, change) => {
    await due();
    await desk.run();
    expect((await open(linkIn(desk.mails[0]?.text), change)).json).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('ends after a week, and with its job', async () => {
    const event = await due();
    await desk.run();
    const link = linkIn(desk.mails[0]?.text);
    desk.setNow('2026-03-28T10:01:59Z');
    expect((await open(link)).status).toBe(302);
    desk.setNow('2026-03-28T10:02:00Z');
    expect((await open(link)).status).toBe(404);
    desk.setNow('2026-03-21T10:03:00Z');
    await forget(`S#export#${event.id}`);
    expect((await open(link)).status).toBe(404);
  });

  it('of an export that nobody mailed opens nothing', async () => {
    const { id } = await desk.finished({ what: { entities: 'orders' }, format: 'csv' });
    for (const token of ['', 'undefined', 'null'])
      expect(
        (
          await desk.ask({
            route: 'GET /v1/creators/{creatorId}/exports/{id}/file',
            creatorId: 'c-1',
            id,
            roles: null,
            query: { token },
          })
        ).status,
      ).toBe(404);
  });
});
