import type { Terminal } from '../terminal/terminal.ts';

/** What every command is given. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Sets the program's exit code where it is not 0. */
  readonly exit: (code: number) => void;
}
