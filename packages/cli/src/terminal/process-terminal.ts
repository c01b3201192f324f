import { once } from 'node:events';
import type { Terminal } from './terminal.ts';

const DEFAULT_COLUMNS = 100;

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    isOutTty: stdout.isTTY === true,
    isErrTty: stderr.isTTY === true,
    // Asked anew each time: a window may be made narrower.
    get columns() {
      return stdout.columns || stderr.columns || DEFAULT_COLUMNS;
    },
    env,
    cwd: process.cwd(),
    now: () => Date.now(),
    interrupted: async () => {
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    },
  };
}
