import { escapeText } from './escape-text.ts';
import { paintFor } from './paint.ts';
import type { Terminal } from './terminal.ts';

/** Says on stderr what is under way: one live line on a terminal, plain lines elsewhere. */
export interface Progress {
  /** Replaces the live line; elsewhere it is printed only when its first word changes. */
  update(text: string): void;
  /** A line that stays. */
  done(text: string): void;
  /** Clears the live line. */
  stop(): void;
}

export const silentProgress: Progress = { update: () => {}, done: () => {}, stop: () => {} };

const ERASE_LINE = '\r\u001b[K';

export function createProgress(terminal: Terminal): Progress {
  return terminal.isErrTty && terminal.env.TERM !== 'dumb' ? liveProgress(terminal) : plainProgress(terminal);
}

function liveProgress(terminal: Terminal): Progress {
  const paint = paintFor(terminal, terminal.isErrTty);
  const started = terminal.now();
  const clear = (): void => terminal.err(ERASE_LINE);
  return {
    update(text) {
      const seconds = Math.round((terminal.now() - started) / 1000);
      const line = `${escapeText(text)}${seconds > 1 ? `  ${seconds} s` : ''}`;
      terminal.err(`${ERASE_LINE}${paint('dim', line.slice(0, terminal.columns - 1))}`);
    },
    done(text) {
      clear();
      terminal.err(`${paint('green', '✓')} ${escapeText(text)}\n`);
    },
    stop: clear,
  };
}

function plainProgress(terminal: Terminal): Progress {
  let last = '';
  return {
    update(text) {
      const [first = ''] = text.split(' ', 1);
      if (first !== last) terminal.err(`${escapeText(text)}\n`);
      last = first;
    },
    done(text) {
      terminal.err(`${escapeText(text)}\n`);
      last = '';
    },
    stop() {},
  };
}
