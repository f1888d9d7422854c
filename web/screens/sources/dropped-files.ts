/** Which files did somebody drop? Those of folders too; what is no file of Seller Center by its name is left out. */

const isReadable = ({ name }: File): boolean => /\.(xlsx|csv)$/i.test(name) && !/^[.~]/.test(name);

export interface Chosen {
  files: File[];
  /** How many others were among them. */
  leftOut: number;
}

export function chosenOf(all: readonly File[]): Chosen {
  const files = all.filter(isReadable);
  return { files, leftOut: all.length - files.length };
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject));

/** A folder answers its entries in portions, until there is none. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

async function filesBelow(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await fileOf(entry as FileSystemFileEntry)];
  const inside = await entriesOf(entry as FileSystemDirectoryEntry);
  return (await Promise.all(inside.map(filesBelow))).flat();
}

/** The files of a drop. To be called while the event is handled: afterwards the browser has forgotten them. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<Chosen> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return chosenOf(entries.length ? (await Promise.all(entries.map(filesBelow))).flat() : [...files]);
}
