/** What happens when somebody presses Ctrl-C, or a machine asks a command to end? */

/** What a shell expects of a command that a signal ended: 128 and the signal's number. */
export const codeOfSignal = { SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof codeOfSignal;

/** Calls `end` with the first signal; a second one ends the process at once. */
export function onInterrupt(end: (signal: Signal) => void): void {
  let isEnding = false;
  for (const signal of Object.keys(codeOfSignal) as Signal[])
    process.on(signal, () => {
      if (isEnding) process.exit(codeOfSignal[signal]);
      isEnding = true;
      end(signal);
    });
}
