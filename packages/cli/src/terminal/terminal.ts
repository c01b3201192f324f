/** What a command sees of the world outside: where it writes, who reads it, and what was set. */
export interface Terminal {
  /** Writes to stdout: results. */
  readonly out: (text: string) => void;
  /** Writes to stderr: progress and errors. */
  readonly err: (text: string) => void;
  readonly isOutTty: boolean;
  readonly isErrTty: boolean;
  /** Width of the terminal in columns. */
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that the user's paths are relative to. */
  readonly cwd: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Resolves when the user asks to stop. */
  readonly interrupted: () => Promise<void>;
}
