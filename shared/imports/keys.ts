/** Under which keys do uploaded files lie? By creator, then by import: what has to go when the creator goes. */
export const uploadsRoot = 'uploads/';
export const uploadsPrefix = (creatorId: string): string => `${uploadsRoot}${creatorId}/`;

/** A file of an import by its place in the request: the name that its seller gave it is no part of a key. */
export const keyOf = (creatorId: string, importId: string, index: number): string =>
  `${uploadsPrefix(creatorId)}${importId}/${index}`;

/** A name without a path and without what a disk or a terminal takes for more than a letter; its end says the form of the file. */
export function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last.replaceAll(/[^\p{L}\p{N} ._()+,&'~-]/gu, '_').replace(/^\.+/, '_');
  const end = plain.slice(plain.lastIndexOf('.'));
  return plain.length <= 120 ? plain : plain.slice(0, 120 - end.length) + end;
}
