/** Does the real code stay exact in a hostile world? Everything there is moves one step at a time, and the seed chooses which. */
import { compare, type Verdict } from './compare.ts';
import { makeHappenings } from './happen.ts';
import { makeInvocations } from './invoke.ts';
import { isIdle, readyLanes } from './mapping.ts';
import type { Code } from './mutants.ts';
import { makeScene, type SceneOptions, type Store } from './scene.ts';

export interface Outcome extends Verdict {
  calls: number;
  /** Invocations that failed, in part or whole. */
  failed: number;
  /** Faults put at calls. */
  faults: number;
}

/** Lets everything run on until nothing moves but by the world's next choice. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Plays the world of a seed against the code and compares what came of it. */
export async function playWorld(store: Store, code: Code, seed: number, options: SceneOptions = {}): Promise<Outcome> {
  const scene = await makeScene(store, seed, options);
  const { chance, calls, shards, on } = scene;
  const happenings = makeHappenings(scene);
  const invocations = makeInvocations(scene, code);

  for (;;) {
    await settle();
    invocations.finish();
    if (chance.happens(0.12)) happenings.next();
    if (chance.happens(0.02)) await scene.expire();
    if (calls.late().length && chance.happens(0.12)) {
      await calls.land(chance.pick(calls.late()));
      continue;
    }
    const choices = [...calls.live(), ...readyLanes(shards, on('order'))];
    if (choices.length) {
      const choice = chance.pick(choices);
      if ('entries' in choice) invocations.start(choice);
      else if (choice.actor.name !== 'collect' && chance.happens(scene.size.timeout)) invocations.timeOut(choice.actor);
      else await calls.make(choice);
    } else if (happenings.isOver() && shards.every(({ lanes }) => lanes.every(isIdle)) && !(await happenings.makeGood())) break;
  }
  while (calls.late().length) {
    await calls.land(chance.pick(calls.late()));
    await settle();
  }
  return { ...(await compare(scene)), calls: calls.made, failed: invocations.failed, faults: calls.injected };
}
