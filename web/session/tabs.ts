/** How do tabs of one browser share a session? They hand it to each other while they stand open; it is kept nowhere else. */

/** What is handed over: the user as the sign-in library writes it, and when (ms) the sign-in was. */
export interface Shared {
  user: string;
  begun: number;
}

type Message =
  | { kind: 'wanted'; by: string }
  | { kind: 'here'; to: string; session: Shared }
  | { kind: 'renewed'; session: Shared }
  | { kind: 'ended' };

export interface Tabs {
  /** The session of another tab; undefined where none has one. */
  find(): Promise<Shared | undefined>;
  /** From now on others are answered with what `session` says at the time. */
  offer(session: () => Shared | undefined): void;
  /** Tells the others of fresh tokens. */
  announceRenewed(session: Shared): void;
  /** Ends the session in every tab, those that are only restored later included. */
  announceEnded(): void;
  /** Runs one renewal after the other, in whichever tab. */
  inTurn<Result>(run: () => Promise<Result>): Promise<Result>;
}

/** What another tab said is taken in by these. */
export interface TabEvents {
  onRenewed(session: Shared): void;
  onEnded(): void;
}

const name = 'session';
/** A tab that is busy answers late (ms); one that is not there is not waited for at all. */
const timeoutMs = 2_000;
/** No token: only when the last sign-out was, for tabs that were closed then and are opened again. */
const endedKey = 'session-ended';

/** Was there a sign-out since a session began? */
export function hasEndedSince(begun: number): boolean {
  try {
    return Number(localStorage.getItem(endedKey) ?? 0) >= begun;
  } catch {
    return false;
  }
}

/** Does any tab hold a session? Each that does holds a lock; a tab with a lock is not put to sleep either. */
const isOffered = async (): Promise<boolean> => (await navigator.locks.query()).held?.some((lock) => lock.name === name) ?? false;

export function joinTabs({ onRenewed, onEnded }: TabEvents): Tabs {
  const channel = new BroadcastChannel(name);
  const id = crypto.randomUUID();
  let own: () => Shared | undefined = () => undefined;
  let taken: (session: Shared) => void = () => {};
  const say = (message: Message): void => channel.postMessage(message);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'ended') onEnded();
    else if (data.kind === 'renewed') onRenewed(data.session);
    else if (data.kind === 'here' && data.to === id) taken(data.session);
    else if (data.kind === 'wanted') {
      const session = own();
      if (session) say({ kind: 'here', to: data.by, session });
    }
  };
  return {
    async find() {
      if (!(await isOffered())) return undefined;
      return new Promise((resolve) => {
        const late = setTimeout(() => resolve(undefined), timeoutMs);
        taken = (session) => {
          clearTimeout(late);
          resolve(session);
        };
        say({ kind: 'wanted', by: id });
      });
    },
    offer(session) {
      own = session;
      // Held until the page goes.
      void navigator.locks.request(name, { mode: 'shared' }, () => new Promise(() => {}));
    },
    announceRenewed: (session) => say({ kind: 'renewed', session }),
    announceEnded() {
      own = () => undefined;
      try {
        localStorage.setItem(endedKey, String(Date.now()));
      } catch {
        // Storage is closed: tabs that are open are told all the same.
      }
      say({ kind: 'ended' });
    },
    inTurn: (run) => navigator.locks.request('renewal', run) as ReturnType<typeof run>,
  };
}
