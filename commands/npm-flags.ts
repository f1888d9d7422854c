/** Were flags meant for a command kept by npm, because no -- stood before them? */

/**
 * Throws with the remedy where npm took one of these flags for itself: it hands them to the command as settings of its own, and the
 * command would do something else than it was told. `example` is a call as it should be.
 */
export function refuseKeptFlags(flags: string[], example: string, environment: NodeJS.ProcessEnv = process.env): void {
  const isKept = (flag: string): boolean => {
    if (flag.startsWith('no-')) return environment[`npm_config_${flag.slice(3).replaceAll('-', '_')}`] === '';
    return environment[`npm_config_${flag.replaceAll('-', '_')}`] !== undefined;
  };
  const kept = flags.filter(isKept).map((flag) => `--${flag}`);
  if (kept.length > 0) throw new Error(`npm kept ${kept.join(', ')} for itself. Write -- before the flags: ${example}`);
}
