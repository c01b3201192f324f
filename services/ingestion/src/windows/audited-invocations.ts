import type { Owner } from '../domain/stored-attempt.ts';
import type { Span } from '../domain/windows/unclosed-ranges.ts';
import { byMinute, wholeAt } from '../domain/windows/windows-of.ts';
import { closedAndOpen, type WindowsReaderDeps } from './closed-and-open.ts';
import { readInvocations } from './read-invocations.ts';

/** How many invocations that began in a span (of whole minutes) the audit has from beginning to end. */
export async function auditedInvocations(owner: Required<Owner>, span: Span, deps: WindowsReaderDeps): Promise<number> {
  const { closed, open } = await closedAndOpen(owner, span, deps);
  const counted = await Promise.all(
    open.map(async (range) => {
      const minutes = byMinute(owner.functionName, await readInvocations(owner, range, deps.audit));
      const within = [...minutes.keys()].filter((minute) => minute >= range.from && minute < range.until);
      return sumOf(within.map((minute) => wholeAt(minutes, minute)));
    }),
  );
  return sumOf([...closed.map(({ whole }) => whole), ...counted]);
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
