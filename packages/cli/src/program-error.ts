import { PortInUseError } from '@lamplighter/sandbox';
import { InputError } from './input-error.ts';
import { escapeText } from './terminal/escape-text.ts';
import type { Paint } from './terminal/paint.ts';

/** Ends of the program. */
export const EXIT = { ok: 0, notThere: 1, badInput: 2 } as const;

/** How the program ends after an error that the user can put right. */
export const exitCodeOf = (error: unknown): number =>
  error instanceof InputError && error.code === 'unknown-function' ? EXIT.notThere : EXIT.badInput;

/** One line for an error that the user can put right; undefined for a fault of the program, which keeps its stack. */
export function describeUserError(error: unknown, paint: Paint): string | undefined {
  if (error instanceof PortInUseError) return line('port-in-use', error.message, paint);
  if (!(error instanceof InputError)) return undefined;
  return line(error.code, `${error.message} ${error.wayOut}`, paint);
}

function line(code: string, text: string, paint: Paint): string {
  return `${paint('red', `error ${code}:`)} ${escapeText(text.replace(/\s*\n\s*/g, ' '))}\n`;
}
