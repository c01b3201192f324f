import type { FunctionChange } from '@lamplighter/contracts';
import { InputError } from '../input-error.ts';
import { escapeText } from '../terminal/escape-text.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The changes that were asked for; none, and a line that says why, where the service cannot tell them: what is known beside them is told all the same. */
export function toldChanges(
  asked: Promise<readonly FunctionChange[]>,
  terminal: Pick<Terminal, 'err'>,
): Promise<readonly FunctionChange[]> {
  return asked.catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    terminal.err(`${escapeText(`What was changed around it is not known: ${error.message}`)}\n`);
    return [];
  });
}
