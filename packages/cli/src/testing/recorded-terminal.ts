import type { Terminal } from '../terminal/terminal.ts';

export interface RecordedTerminal extends Terminal {
  readonly written: { out: string; err: string };
}

/** A terminal that nobody sees: what was written is in `written`. */
export function recordedTerminal(change: Partial<Terminal> = {}): RecordedTerminal {
  const written = { out: '', err: '' };
  return {
    written,
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    isOutTty: false,
    isErrTty: false,
    columns: 100,
    env: {},
    cwd: process.cwd(),
    now: () => Date.UTC(2026, 10, 21, 9),
    interrupted: async () => {},
    ...change,
  };
}
