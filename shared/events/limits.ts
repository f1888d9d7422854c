/** Can every store hold this event? Looked at before anything else is, no deeper than allowed: how deep, well formed, finite. */

/** Levels of objects and lists inside one another that an event may have, its own among them. */
export const mostLevels = 32;
/** Bytes of one event as JSON. One order's parts share an item of at most 400 KB: an event near it could never be applied. */
export const eventBytes = 262_144;
/** Bytes of a creator's event: its profile shares an item with everything that was ever said of zones. */
export const profileBytes = 65_536;

export interface Fault {
  /** Names and places from the event down to what is wrong. */
  path: string[];
  message: string;
}

/** Characters of a name, and names of a path, that a message repeats. */
const shownOfName = 60;
const shownOfPath = 8;

const shownPath = (path: string[]): string[] => {
  const shown = path.map((name) => name.slice(0, shownOfName).toWellFormed());
  return shown.length > shownOfPath ? [...shown.slice(0, shownOfPath), '…'] : shown;
};

const halfOf = 'has half of a surrogate pair: the text was cut inside a character';
/** Fields that tell one thing from another. In a title the sign that stands for a lost letter is ugly; here it makes one of two. */
const ids = /^(id|source|subject|sku|buyerKey)$|Id$/;
const lost =
  'holds U+FFFD, the sign for a letter that was lost, and another id may have lost another: read the source in its own encoding and send it again';

/** The word that totals have for a dimension without a value: as an id it would merge with what has none. */
const none = '(none)';

function idFault(id: string): string | undefined {
  if (id.includes('\ufffd')) return lost;
  const control = /\p{Cc}/u.exec(id)?.[0];
  if (control)
    return `holds the control character U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}: send the id without it`;
  return id === none ? `${none} stands for no value in totals: leave the field out where there is none` : undefined;
}

function messageOf(value: unknown, level: number, name: string): string | undefined {
  if (!name.isWellFormed()) return `its name ${halfOf}`;
  if (typeof value === 'string' && ids.test(name)) return value.isWellFormed() ? idFault(value) : halfOf;
  if (typeof value === 'string') return value.isWellFormed() ? undefined : halfOf;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'is larger than a number can be';
  if (typeof value === 'object' && value !== null && level > mostLevels)
    return `is nested too deep: an event may have ${mostLevels} levels of objects and lists`;
  return undefined;
}

/** The first thing at or inside a value; `path` from the inside out. Goes no deeper than levels are allowed. */
function faultIn(value: unknown, level: number, name: string): Fault | undefined {
  const message = messageOf(value, level, name);
  if (message) return { path: [], message };
  if (typeof value !== 'object' || value === null) return undefined;
  for (const inside of Object.keys(value)) {
    const fault = faultIn((value as { [name: string]: unknown })[inside], level + 1, inside);
    if (!fault) continue;
    fault.path.push(inside);
    return fault;
  }
  return undefined;
}

/** The first thing in an event, at any depth, that some store would refuse or change; undefined where there is none. */
export function faultOf(event: unknown): Fault | undefined {
  const fault = faultIn(event, 1, '');
  return fault && { path: shownPath(fault.path.reverse()), message: fault.message };
}
