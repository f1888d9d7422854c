/** How is a vendor tried out without the vendor? A server that stands in for it, with a shop that lives. */
import { parseArgs } from 'node:util';
import { notificationsOf } from '../local/vendors/tiktok-shop/notifications.ts';
import { planShop } from '../local/vendors/tiktok-shop/plan.ts';
import { startStandIn } from '../local/vendors/tiktok-shop/server.ts';
import { onInterrupt } from './interrupt.ts';
import { refuseKeptFlags } from './npm-flags.ts';

const USAGE = `npm run simulate -- tiktok-shop [flags]
A server that checks what TikTok Shop checks (signatures, tokens, page sizes, rate) and serves a shop drawn from a seed. Its orders go on
while it runs, and it sends webhooks of what happens.
  --orders 200       of twice so many days: half of them are there already
  --days 30          how far back the shop goes
  --loss 0.3         share of webhooks that get lost, 0 to 1
  --port 9191        where it answers, on 127.0.0.1 only
  --service http://127.0.0.1:8787   the running service
  --seed s           another seed is another shop
  --help             this text`;

const appKey = 'simulated-app';
const appSecret = 'simulated-secret-of-no-value';
const shopId = '7495540735365777507';
const aDay = 86_400;

const flags = readFlags();
if (flags.help) console.log(USAGE);
else await simulate().catch((reason: unknown) => leave(reason instanceof Error ? reason.message : String(reason)));

function readFlags() {
  try {
    refuseKeptFlags(['orders', 'days', 'loss', 'port', 'service', 'seed'], 'npm run simulate -- tiktok-shop --orders 200');
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        orders: { type: 'string', default: '200' },
        days: { type: 'string', default: '30' },
        loss: { type: 'string', default: '0' },
        port: { type: 'string', default: '9191' },
        service: { type: 'string', default: 'http://127.0.0.1:8787' },
        seed: { type: 'string', default: 's' },
        help: { type: 'boolean', default: false },
      },
    });
    if (!values.help && positionals.join() !== 'tiktok-shop')
      throw new Error('Name the vendor: tiktok-shop is the one there is.');
    const number = (name: 'orders' | 'days' | 'loss' | 'port', most: number): number => {
      const given = Number(values[name]);
      if (!(given >= 0 && given <= most)) throw new Error(`--${name} ${values[name]} is no number from 0 to ${most}.`);
      return given;
    };
    const numbers = {
      orders: number('orders', 100_000),
      days: number('days', 300),
      loss: number('loss', 1),
      port: number('port', 65_535),
    };
    return { ...values, ...numbers };
  } catch (reason) {
    return leave(`${(reason as Error).message}\n${USAGE}`);
  }
}

async function simulate(): Promise<void> {
  const { orders, days, loss, seed, port, service } = flags;
  // From midnight, so that another start of the same day is the same shop.
  const from = (Math.floor(Date.now() / 1000 / aDay) - days) * aDay;
  const plan = planShop({ seed, from, to: from + 2 * Math.max(1, days) * aDay, orders });
  const options = { plan, from, appKey, appSecret, shopId, shopCipher: 'simulated-cipher', now: Date.now };
  const standIn = await startStandIn(options, { port, callback: () => `${service}/v1/connect/tiktok-shop/callback` });
  let until = Math.floor(Date.now() / 1000);
  const timer = setInterval(() => {
    const [since, now] = [until, Math.floor(Date.now() / 1000)];
    until = now;
    const chances = { seed, shopId, appKey, appSecret, lost: loss, repeated: 0.1, isShuffled: true };
    for (const webhook of notificationsOf(plan, since, now, chances)) void send(webhook);
  }, 1000);
  async function send({ body, authorization }: { body: string; authorization: string }): Promise<void> {
    const headers = { 'content-type': 'application/json', authorization };
    const status = await fetch(`${service}/v1/webhooks/tiktok-shop`, { method: 'POST', headers, body }).then(
      (response) => response.status,
      () => 'not reached',
    );
    console.log(`webhook of type ${JSON.parse(body).type}: ${status}`);
  }
  onInterrupt(() => {
    clearInterval(timer);
    void standIn.stop().then(() => process.exit(0));
  });
  console.log(`A shop of ${orders} orders lives at ${standIn.url} (sells in USD, in the zone America/Los_Angeles). To connect it:
1. npm start -- --tiktok-app-key ${appKey} --tiktok-app-secret ${appSecret} --tiktok-service-id simulated --tiktok-url ${standIn.url}
2. TOKEN=$(npm run --silent token -- --creator c-1 --role creator)
   curl -s -X POST -H "Authorization: Bearer $TOKEN" ${service}/v1/creators/c-1/connections/tiktok-shop
3. Open the address that it answers; the seller here always gives consent.
4. curl -s -H "Authorization: Bearer $TOKEN" ${service}/v1/creators/c-1/sources
What reports should then say, by day: ${standIn.url}/truth
ready ${standIn.url}`);
}

function leave(message: string): never {
  console.error(message);
  process.exit(1);
}
