import type { FunctionWindow } from '@lamplighter/contracts';
import type { Owner } from '../domain/stored-attempt.ts';
import { WINDOW_MS } from '../domain/windows/minute.ts';
import { CHEAP_INVOCATIONS, type Span, unclosedRanges } from '../domain/windows/unclosed-ranges.ts';
import { windowsOf } from '../domain/windows/windows-of.ts';
import type { AuditReaderPort, WindowLedgerPort } from '../ports.ts';
import { readInvocations } from './read-invocations.ts';

interface ActiveWindowsDeps {
  readonly audit: Pick<AuditReaderPort, 'byFunction' | 'retried'>;
  readonly windows: Pick<WindowLedgerPort, 'current'>;
  readonly cheapInvocations?: number;
}

/**
 * The windows of a span (its begin a minute's) in which something began, oldest first: as they were closed, where nothing changed since, else
 * summed from the audit as it is now. So a long look at a busy function costs its minutes, not its invocations.
 */
export async function activeWindows(
  owner: Required<Owner>,
  span: Span,
  { audit, windows, cheapInvocations = CHEAP_INVOCATIONS }: ActiveWindowsDeps,
): Promise<FunctionWindow[]> {
  const whole = { from: span.from, to: span.until - WINDOW_MS };
  const closed = whole.to < whole.from ? [] : await windows.current(owner, whole);
  const ranges = unclosedRanges(span, closed, cheapInvocations);
  const summed = await Promise.all(
    ranges.map(async ({ from, until }) =>
      windowsOf(owner.functionName, await readInvocations(owner, { from, until }, audit), from, until),
    ),
  );
  const isRead = (start: number) => ranges.some(({ from, until }) => start >= from && start < until);
  const kept = closed.filter(({ start, invocations }) => invocations > 0 && !isRead(start));
  return [...kept, ...summed.flat()].sort((a, b) => a.start - b.start);
}
