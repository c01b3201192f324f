import { type EventEntry, WindowsClosed } from '@lamplighter/contracts';
import { type Clock, idempotencyKey } from '@lamplighter/lambda-kit';
import { inSizedParts } from '../domain/parts.ts';
import type { Owner } from '../domain/stored-attempt.ts';
import type { Closing, ClosingPolicy } from '../domain/windows/closing.ts';
import { closingTime, isClosable, isOver } from '../domain/windows/closing-time.ts';
import { expectedMinutes, minuteAfter } from '../domain/windows/expected-minutes.ts';
import {
  type ClosedWindow,
  isCurrent,
  judgeFigures,
  type RevisedWindow,
  type WindowRecord,
} from '../domain/windows/window-record.ts';
import type { AuditReaderPort, ClosingsPort, PublishPort, WindowLedgerPort } from '../ports.ts';
import { readWindows } from './read-windows.ts';

export interface CloseWindowsDeps {
  readonly now: Clock;
  readonly policy: ClosingPolicy;
  readonly audit: Pick<AuditReaderPort, 'byFunction' | 'retried'>;
  readonly windows: WindowLedgerPort;
  readonly closings: ClosingsPort;
  readonly publish: PublishPort;
}

/** Closings of one minute that meet again and again are a defect; the queue hands the message out once more. */
const MAX_ROUNDS = 10;
/** Windows of one event: each has 1 to 5 KB, an event holds 1 MB, and a consumer has to read it at once. */
const EVENT_PARTS = {
  maxItems: 20,
  maxBytes: 200_000,
  bytesOf: (window: RevisedWindow) => Buffer.byteLength(JSON.stringify(window)),
};

/**
 * Closes minutes of a function: sums them from the audit as it is now, publishes those that differ from what was published last, and sees to
 * it that the minute behind them is closed too while the function has not been silent for long. A message that came too early is put back.
 */
export async function closeWindows(closing: Closing, deps: CloseWindowsDeps): Promise<void> {
  const { owner } = closing;
  const now = deps.now();
  const closable = closing.minutes.filter((minute) => isClosable(minute, now, deps.policy));
  const early = closable.filter((minute) => !isOver(minute, now));
  for (const minute of early) await send({ ...closing, minutes: [minute] }, deps);
  const minutes = closable.filter((minute) => isOver(minute, now));
  if (minutes.length === 0) return;

  const known = new Set((await recordsOf(owner, minutes, deps)).keys());
  const closed = expectedMinutes({ ...closing, minutes }, known, now, deps.policy);
  const active = await publishChanged(owner, closed, deps);

  const lastActive = Math.max(closing.lastActive ?? minutes.at(-1)!, ...active);
  const next = minuteAfter(closed, lastActive, known, deps.policy);
  if (next === undefined) return;
  await deps.windows.note(owner, next, await send({ owner, minutes: [next], lastActive }, deps));
}

/** Records by minute, of the minutes and of those behind them that may have to be closed too. */
async function recordsOf(
  owner: Required<Owner>,
  minutes: readonly number[],
  { windows, policy }: Pick<CloseWindowsDeps, 'windows' | 'policy'>,
): Promise<ReadonlyMap<number, WindowRecord>> {
  const range = { from: minutes[0]!, to: minutes.at(-1)! + policy.silenceMs };
  const records = await windows.read(owner, range, { isLatest: true });
  return new Map(records.map((record) => [record.minute, record]));
}

/** Sends a closing of one minute; gives the time before which it does not begin, epoch milliseconds. */
async function send(closing: Closing, { now, policy, closings }: CloseWindowsDeps): Promise<number> {
  const { delaySeconds, dueAt } = closingTime(closing.minutes[0]!, now(), policy);
  await closings([{ closing, delaySeconds }]);
  return dueAt;
}

/**
 * Publishes what changed. A revision is taken before it is published, over the one that was read before the audit was: so no two contents
 * ever bear one revision, and what is newer was read later. It is confirmed after it was published: who dies in between comes again, finds
 * it unconfirmed, and publishes it once more. Gives the minutes in which the function was active.
 */
async function publishChanged(
  owner: Required<Owner>,
  closed: readonly number[],
  deps: CloseWindowsDeps,
): Promise<readonly number[]> {
  const active = new Set<number>();
  let open = closed;
  for (let round = 0; open.length > 0; round += 1) {
    if (round === MAX_ROUNDS) throw new Error(`${owner.functionName} changed under each of ${MAX_ROUNDS} closings`);
    const readAt = deps.now();
    const records = await recordsOf(owner, open, deps);
    const windows = await readWindows(owner, open, deps.audit);
    const taken: (RevisedWindow & ClosedWindow)[] = [];
    const overtaken: number[] = [];
    for (const { figures } of windows) if (figures.invocations > 0) active.add(figures.start);
    await Promise.all(
      windows.map(async ({ figures, whole }) => {
        const record = records.get(figures.start);
        const verdict = judgeFigures(figures, record);
        if (verdict.kind === 'unchanged') {
          const isKnown = isCurrent(record!);
          if (!isKnown) await deps.windows.confirm(owner, figures.start, verdict.revision, { readAt, whole });
          return;
        }
        const window = { revision: verdict.revision, figures, whole };
        if (verdict.kind === 'unpublished' || (await deps.windows.take(owner, window, verdict.over)))
          taken.push(window);
        else overtaken.push(figures.start);
      }),
    );
    await publish(
      owner,
      taken.sort((a, b) => a.figures.start - b.figures.start),
      readAt,
      deps,
    );
    open = overtaken.sort((a, b) => a - b);
  }
  return [...active];
}

async function publish(
  owner: Required<Owner>,
  windows: readonly (RevisedWindow & ClosedWindow)[],
  readAt: number,
  deps: CloseWindowsDeps,
): Promise<void> {
  const told = windows.map(({ revision, figures }) => ({ revision, figures }));
  await deps.publish(inSizedParts(told, EVENT_PARTS).map((part) => eventOf(owner, part, deps.policy)));
  await Promise.all(
    windows.map(({ revision, figures, whole }) =>
      deps.windows.confirm(owner, figures.start, revision, { readAt, whole }),
    ),
  );
}

function eventOf(
  owner: Required<Owner>,
  windows: readonly RevisedWindow[],
  { silenceMs }: Pick<ClosingPolicy, 'silenceMs'>,
): EventEntry {
  const revisions = windows.flatMap(({ revision, figures }) => [figures.start, revision]);
  const { accountId, region, functionName } = owner;
  const key = idempotencyKey(accountId, region, functionName, ...revisions);
  return WindowsClosed.entry(
    { accountId, region, functionName, silenceMinutes: silenceMs / 60_000, windows: [...windows] },
    key,
  );
}
