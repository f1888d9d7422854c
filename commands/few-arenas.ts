/** How does memory that threads have freed go back to the system? By few arenas, which glibc reads from the environment as it starts. */

/**
 * Begins this program anew with that setting, in the same process: glibc keeps freed memory by thread otherwise, some forty megabytes.
 * Elsewhere than on Linux, and where the setting is there already, nothing happens.
 */
export function useFewArenas(): void {
  if (process.platform !== 'linux' || process.env.MALLOC_ARENA_MAX || !process.execve) return;
  // What is begun anew need not be warned of: execve is marked as experimental.
  process.removeAllListeners('warning');
  const { execPath, execArgv, argv } = process;
  process.execve(execPath, [execPath, ...execArgv, ...argv.slice(1)], { ...process.env, MALLOC_ARENA_MAX: '2' });
}
