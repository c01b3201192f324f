import type { Clock } from '@lamplighter/lambda-kit';
import type { Owner } from '../domain/stored-attempt.ts';
import type { ClosingPolicy } from '../domain/windows/closing.ts';
import { isClosable, SETTLING_MS } from '../domain/windows/closing-time.ts';
import { closingsFor } from '../domain/windows/closings-for.ts';
import type { ClosingsPort, WindowLedgerPort } from '../ports.ts';

export interface ClosingSchedulerDeps {
  readonly now: Clock;
  readonly policy: ClosingPolicy;
  readonly windows: Pick<WindowLedgerPort, 'read' | 'note' | 'outdate'>;
  readonly closings: ClosingsPort;
}

/** Sees to it that every minute of which the audit changed is closed after the change. */
export interface ClosingScheduler {
  /** To be awaited after the audit was written: the minutes that it bears on now, or did before. */
  changed(owner: Required<Owner>, minutes: Iterable<number>): Promise<void>;
  /** To be awaited before an attempt is taken out of a minute: the writer may die right after, and its successor would not know of it. */
  losing(owner: Required<Owner>, minutes: Iterable<number>): Promise<void>;
}

/** Longer than a writer takes from here to its write, retries of the SDK included. */
const LOSS_DELAY_SECONDS = 150;
/** Minutes that an execution environment remembers as scheduled. */
const MAX_REMEMBERED = 10_000;
/** Remembered as the due time of a minute that is closed no more. */
const OUTDATED = Number.POSITIVE_INFINITY;

/**
 * One message a function and minute: the first change of a minute sends it, then notes in the ledger when it is due, in this order, so that
 * a crash in between costs a second message and never the only one. A change after which that closing may begin too early to see it sends
 * another. What an execution environment noted, it need not read again.
 */
export function closingScheduler({ now, policy, windows, closings }: ClosingSchedulerDeps): ClosingScheduler {
  const remembered = new Map<string, number>();
  const remember = (owner: Required<Owner>, minute: number, dueAt: number) => {
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(keyOf(owner, minute), dueAt);
  };
  const uncovered = async (owner: Required<Owner>, minutes: readonly number[], at: number): Promise<number[]> => {
    const unknown = minutes.filter((minute) => (remembered.get(keyOf(owner, minute)) ?? 0) < at + SETTLING_MS);
    if (unknown.length === 0) return [];
    const range = { from: Math.min(...unknown), to: Math.max(...unknown) };
    for (const { minute, dueAt } of await windows.read(owner, range, { isLatest: false }))
      if (dueAt !== undefined) remember(owner, minute, dueAt);
    return unknown.filter((minute) => (remembered.get(keyOf(owner, minute)) ?? 0) < at + SETTLING_MS);
  };
  /** Minutes that are too old to be closed again keep no window that is not true any more. */
  const outdate = async (owner: Required<Owner>, touched: readonly number[], at: number): Promise<void> => {
    const isUnknown = (minute: number) => remembered.get(keyOf(owner, minute)) !== OUTDATED;
    const minutes = touched.filter((minute) => minute < at && !isClosable(minute, at, policy) && isUnknown(minute));
    await Promise.all(minutes.map((minute) => windows.outdate(owner, minute, at)));
    for (const minute of minutes) remember(owner, minute, OUTDATED);
  };
  return {
    async changed(owner, touched) {
      const at = now();
      const all = inOrder(touched);
      await outdate(owner, all, at);
      const minutes = await uncovered(owner, closableMinutes(all, at, policy), at);
      if (minutes.length === 0) return;
      // The clock may have moved on while the ledger was read.
      const sent = closingsFor(owner, minutes, now(), policy);
      await closings(sent.closings);
      await Promise.all([...sent.times].map(([minute, { dueAt }]) => windows.note(owner, minute, dueAt)));
      for (const [minute, { dueAt }] of sent.times) remember(owner, minute, dueAt);
    },
    async losing(owner, touched) {
      const at = now();
      const all = inOrder(touched);
      await outdate(owner, all, at);
      const minutes = closableMinutes(all, at, policy);
      if (minutes.length > 0) await closings([{ closing: { owner, minutes }, delaySeconds: LOSS_DELAY_SECONDS }]);
    },
  };
}

const inOrder = (minutes: Iterable<number>): number[] => [...new Set(minutes)].sort((a, b) => a - b);

function closableMinutes(minutes: readonly number[], at: number, policy: ClosingPolicy): number[] {
  return minutes.filter((minute) => isClosable(minute, at, policy));
}

const keyOf = ({ accountId, region, functionName }: Required<Owner>, minute: number): string =>
  `${accountId}:${region}:${functionName}:${minute}`;
