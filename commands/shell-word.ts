/** How does a text stand in a command that is to be copied? */

/** As one word for a shell, quoted where it must be. */
export const shellWord = (text: string): string => (/^[\w./:~@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** The flag that leads a command to a data folder; none for the usual one. */
export const dataDirFlag = (dataDir: string): string => (dataDir === '.data' ? '' : ` --data-dir ${shellWord(dataDir)}`);
