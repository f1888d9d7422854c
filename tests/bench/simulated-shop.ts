/** Does a large simulated shop come to its own truth: a first reading with kills and storms, then webhooks of which a third get lost, then one poll? */
import { Killed, openShopWorld, type ShopWorld } from '../connections/world.ts';

const anHour = 3_600_000;
/** Days of the plan at which the seller connects, and hours of webhooks behind that. */
const connectedAt = 12;
const rounds = 3;
const hoursOfARound = 16;
const chances = { lost: 0.3, repeated: 0.4, isShuffled: true };

/** How many numbers of days differ, and how many there are. */
async function differing(world: ShopWorld): Promise<{ numbers: number; different: number; keys: string[] }> {
  // Here the clock stands still: the truth is of the same instant as what was read.
  const [told, truth] = [await world.kpis(), world.truth()] as Record<string, Record<string, number>>[];
  const cells = (of: Record<string, Record<string, number>> = {}) =>
    new Map(
      Object.entries(of).flatMap(([day, each]) => Object.entries(each).map(([name, number]) => [`${day} ${name}`, number])),
    );
  const [left, right] = [cells(told), cells(truth)];
  const all = new Set([...left.keys(), ...right.keys()]);
  const keys = [...all].filter((key) => left.get(key) !== right.get(key));
  return { numbers: all.size, different: keys.length, keys };
}

export async function simulatedShop(orders: number) {
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  const counts = { requests: 0, expired: 0, tooMany: 0 };
  // What is compared is read without pauses: the clock would go on, and the shop with it.
  let isCalm = false;
  const world = await openShopWorld({
    orders,
    day: connectedAt,
    fault(n) {
      counts.requests = n;
      if (isCalm) return undefined;
      if (n % 400 === 0) return counts.expired++ < 1000 ? 'expired' : undefined;
      if (n % 500 < 6 && n > 500) return counts.tooMany++ < 1000 ? 'too_many' : undefined;
      return undefined;
    },
  });
  await world.connect();
  let kills = 0;
  let runs = 0;
  for (let outcome: unknown = 'more'; outcome !== 'done'; runs++) {
    if (kills < 3) world.state.killAt = world.state.calls + Math.round(orders / 20);
    const ran = await world.run().catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
      kills++;
      world.revive();
      return { outcome: 'killed' };
    });
    outcome = ran.outcome;
    world.pass(900_001);
    if (runs > 200) throw new Error(`no end after ${runs} runs: ${JSON.stringify(ran)}`);
    if (kills >= 3) world.state.killAt = Number.POSITIVE_INFINITY;
  }
  world.state.requestMs = 0;
  isCalm = true;
  await world.run();
  const first = await differing(world);
  console.log(
    `  … first reading after ${runs} runs, ${kills} kills: ${first.different} of ${first.numbers} differ (${seconds()} s)`,
  );
  isCalm = false;
  let webhooks = 0;
  const outcomes = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    const since = world.state.now / 1000;
    world.pass(hoursOfARound * anHour);
    const sent = world.webhooks(since, world.state.now / 1000, chances);
    webhooks += sent.length;
    for (const { body, authorization } of sent) {
      const { status } = await world.post(body, authorization);
      if (status !== 200) throw new Error(`a webhook was answered ${status}`);
    }
    for (const outcome of await world.workOff()) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    console.log(`  … ${webhooks} webhooks (${seconds()} s)`);
  }
  isCalm = true;
  const before = await differing(world);
  const begun = world.state.now;
  const { outcome } = await world.run();
  // The stand-in refuses what is more than its rate, and while the client waits the shop lives on.
  const waited = (world.state.now - begun) / 1000;
  const after = await differing(world);
  // What the shop did while the poll waited is for the next one.
  world.state.now = begun;
  const asOfItsBegin = await differing(world);
  for (const key of after.keys) console.log(`  … different: ${key}`);
  await world.pipeline.close();
  return {
    orders,
    'requests to the stand-in': counts.requests,
    'tokens that ran out': counts.expired,
    'refused with 429': counts.tooMany,
    'runs of the first reading, kills among them': `${runs}, ${kills}`,
    'numbers of days after it, different': `${first.numbers}, ${first.different}`,
    'webhooks that came (30 % lost, 40 % of the rest twice, shuffled)': webhooks,
    'of them worked off': Object.fromEntries(outcomes),
    'numbers of days before the poll, different': `${before.numbers}, ${before.different}`,
    'one poll': outcome,
    'numbers of days after it, different ': `${after.numbers}, ${after.different}`,
    'seconds that the shop lived on meanwhile': waited,
    'against the truth of when the poll began, different': `${asOfItsBegin.numbers}, ${asOfItsBegin.different}`,
    seconds: seconds(),
  };
}
