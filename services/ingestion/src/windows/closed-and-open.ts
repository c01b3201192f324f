import type { Owner } from '../domain/stored-attempt.ts';
import { WINDOW_MS } from '../domain/windows/minute.ts';
import { CHEAP_INVOCATIONS, type Span, unclosedRanges } from '../domain/windows/unclosed-ranges.ts';
import type { ClosedWindow } from '../domain/windows/window-record.ts';
import type { AuditReaderPort, WindowLedgerPort } from '../ports.ts';

export interface WindowsReaderDeps {
  readonly audit: Pick<AuditReaderPort, 'byFunction' | 'retried'>;
  readonly windows: Pick<WindowLedgerPort, 'current'>;
  readonly cheapInvocations?: number;
}

/** A span in two parts that together are all of it: minutes that were closed and still are what the audit tells, and what has to be read from the audit. */
export async function closedAndOpen(
  owner: Required<Owner>,
  span: Span,
  { windows, cheapInvocations = CHEAP_INVOCATIONS }: Omit<WindowsReaderDeps, 'audit'>,
): Promise<{ readonly closed: readonly ClosedWindow[]; readonly open: readonly Span[] }> {
  const whole = { from: span.from, to: span.until - WINDOW_MS };
  const known = whole.to < whole.from ? [] : await windows.current(owner, whole);
  const open = unclosedRanges(span, known, cheapInvocations);
  const isOpen = (minute: number) => open.some(({ from, until }) => minute >= from && minute < until);
  return { closed: known.filter(({ figures }) => !isOpen(figures.start)), open };
}
