import type { FunctionWindow } from '@lamplighter/contracts';
import type { Owner } from '../domain/stored-attempt.ts';
import type { Span } from '../domain/windows/unclosed-ranges.ts';
import { windowsOf } from '../domain/windows/windows-of.ts';
import { closedAndOpen, type WindowsReaderDeps } from './closed-and-open.ts';
import { readInvocations } from './read-invocations.ts';

/**
 * The windows of a span (its begin a minute's) in which something began, oldest first: as they were closed, where nothing changed since, else
 * summed from the audit as it is now. So a long look at a busy function costs its minutes, not its invocations.
 */
export async function activeWindows(
  owner: Required<Owner>,
  span: Span,
  deps: WindowsReaderDeps,
): Promise<FunctionWindow[]> {
  const { closed, open } = await closedAndOpen(owner, span, deps);
  const summed = await Promise.all(
    open.map(async ({ from, until }) =>
      windowsOf(owner.functionName, await readInvocations(owner, { from, until }, deps.audit), from, until),
    ),
  );
  const active = closed.map(({ figures }) => figures).filter(({ invocations }) => invocations > 0);
  return [...active, ...summed.flat()].sort((a, b) => a.start - b.start);
}
