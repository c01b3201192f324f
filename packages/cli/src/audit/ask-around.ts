import type { InvocationSummary } from '@lamplighter/contracts';
import { escapeText } from '../terminal/escape-text.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Around } from './around-request.ts';
import type { AuditSource } from './source/audit-source.ts';

/**
 * What was found around a request; undefined where nobody can say. A story needs the ingestion service alone: that another may not be asked, or fails, is said, and
 * takes nothing away from it.
 */
export async function askAround(
  source: AuditSource,
  invocation: InvocationSummary,
  terminal: Pick<Terminal, 'err'>,
): Promise<Around | undefined> {
  try {
    return await source.around?.(invocation, terminal);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    terminal.err(`${escapeText(`What was found around the request is not known: ${why}`)}\n`);
    return undefined;
  }
}
