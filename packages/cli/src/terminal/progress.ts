import { escapeText } from './escape-text.ts';
import { paintFor } from './paint.ts';
import type { Terminal } from './terminal.ts';

/** Says on stderr what is under way: one live line on a terminal, plain lines elsewhere. */
export interface Progress {
  /** Replaces the live line; elsewhere it is printed when its first word changes, and now and then. */
  update(text: string): void;
  /** Clears the live line. */
  stop(): void;
}

const ERASE_LINE = '\r\u001b[K';
const REDRAW_MS = 250;
const PLAIN_LINE_MS = 15_000;

/** Progress for a person: one line that is drawn anew on a terminal, a line per step where standard error is none. */
export function createProgress(terminal: Terminal): Progress {
  return terminal.isErrTty && terminal.env.TERM !== 'dumb' ? liveProgress(terminal) : plainProgress(terminal);
}

/** Draws at its own pace: what is under way may report thousands of times a second, or not at all for half a minute. */
function liveProgress(terminal: Terminal): Progress {
  const paint = paintFor(terminal, terminal.isErrTty);
  const started = terminal.now();
  let text = '';
  let timer: NodeJS.Timeout | undefined;
  const draw = (): void => {
    const seconds = Math.floor((terminal.now() - started) / 1000);
    const line = `${text}${seconds > 1 ? `  ${seconds} s` : ''}`.slice(0, terminal.columns - 1);
    terminal.err(`${ERASE_LINE}${paint('dim', line)}`);
  };
  return {
    update(next) {
      const isNew = firstWord(next) !== firstWord(text);
      text = escapeText(next);
      timer ??= setInterval(draw, REDRAW_MS).unref();
      if (isNew) draw();
    },
    stop() {
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      terminal.err(ERASE_LINE);
    },
  };
}

function plainProgress(terminal: Terminal): Progress {
  let word = '';
  let printedAt = 0;
  return {
    update(text) {
      if (firstWord(text) === word && terminal.now() - printedAt < PLAIN_LINE_MS) return;
      word = firstWord(text);
      printedAt = terminal.now();
      terminal.err(`${escapeText(text)}\n`);
    },
    stop() {},
  };
}

const firstWord = (text: string): string => text.split(' ', 1)[0] ?? '';
