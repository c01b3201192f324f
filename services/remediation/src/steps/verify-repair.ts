import { figuresByMinute, judgeRepair, type MinuteFigures, meterOf } from '@lamplighter/remedies';
import { hasEnded } from '../domain/advance-remediation.ts';
import { assertNotFailed, type MessageMove } from '../domain/message-move.ts';
import type { StoredRemediation } from '../domain/stored-remediation.ts';
import type { Metered } from '../ports.ts';
import { changeStored } from './change-stored.ts';
import type { NextState, StepDeps } from './step-deps.ts';

const MINUTE_MS = 60_000;
/** CloudWatch has a minute's figures a minute or two later, and they grow until then. */
const METRICS_LATE_MS = 2 * MINUTE_MS;
/** How far the clocks of SQS and of this function may differ. */
const SKEW_MS = MINUTE_MS;
/** As long as an execution may look once in half a minute before AWS ends it for its many events; SQS ends a move after 36 hours. */
export const LONGEST_MOVE_MS = 12 * 60 * MINUTE_MS;

type VerifyDeps = Pick<StepDeps, 'remediations' | 'config' | 'windows' | 'meters' | 'moves' | 'now'>;

/**
 * Looks at the minutes that began after the change: keep it, undo it, or wait for more. What SQS still moves is not kept before it has moved, or half a day is over:
 * as long as it moves it may fail, and is taken back then.
 * @throws MoveFailed where SQS gave up moving messages
 */
export async function verifyRepair(remediationId: string, deps: VerifyDeps): Promise<NextState> {
  const now = deps.now();
  const stored = (await deps.remediations.read(remediationId))?.value;
  if (stored === undefined || hasEnded(stored)) return { next: 'over' };
  const { remediation, trial } = stored;
  const appliedAt = remediation.appliedAt ?? now;
  const move = await moveOf(stored, deps);
  if (move !== undefined) assertNotFailed(move);
  // The minute in which it was applied is neither before nor after.
  const since = Math.ceil(appliedAt / MINUTE_MS) * MINUTE_MS;
  const lateMs = meteredFor(stored) === undefined ? 0 : METRICS_LATE_MS;
  const until = Math.floor((now - lateMs) / MINUTE_MS) * MINUTE_MS;
  const minutes = trial.metric === 'none' || until <= since ? [] : await minutesOf(stored, { since, until }, deps);
  const verdictMinutes = stored.verdictMinutes ?? (await deps.config()).guardrails.verdictMinutes;
  const elapsedMs = now - appliedAt;
  const verdict = judgeRepair(trial, minutes, { elapsedMs, verdictMinutes });
  const isMoving = move?.status === 'RUNNING' && elapsedMs < LONGEST_MOVE_MS;
  if (verdict.kind === 'wait' || (verdict.kind === 'keep' && isMoving)) return { next: 'wait' };
  const { after, windows } = verdict;
  const unit = trial.metric.endsWith('-ms') ? 'ms' : 'share';
  await changeStored(deps.remediations, remediationId, (one) => ({
    ...one,
    ...(verdict.isSilent && { isSilent: true as const }),
    remediation: {
      ...one.remediation,
      verification: { metric: trial.metric, unit, before: trial.before, after, target: trial.target, windows },
    },
  }));
  if (verdict.kind === 'undo') return { next: 'undo' };
  if (stored.untilMinutes === undefined) return { next: 'keep' };
  return { next: 'hold', until: new Date(appliedAt + stored.untilMinutes * MINUTE_MS).toISOString() };
}

/** The one that the repair began, where it is one of messages. */
async function moveOf(
  { change, snapshot }: StoredRemediation,
  { moves }: VerifyDeps,
): Promise<MessageMove | undefined> {
  if (change.kind !== 'queue-redrive') return undefined;
  const newest = await moves(change.deadLetterQueueArn);
  return newest !== undefined && newest.startedAt > (snapshot?.takenAt ?? 0) - SKEW_MS ? newest : undefined;
}

async function minutesOf(
  stored: StoredRemediation,
  { since, until }: { readonly since: number; readonly until: number },
  { windows, meters }: VerifyDeps,
): Promise<MinuteFigures[]> {
  const metered = meteredFor(stored);
  const [told, counted] = await Promise.all([
    windows(stored.observed, since, until),
    metered === undefined ? [] : meters(metered, since, until),
  ]);
  return figuresByMinute(told, counted);
}

/** What has to be asked of CloudWatch; nothing where logs say it all. */
function meteredFor({ trial, change, observed: resource }: StoredRemediation): Metered | undefined {
  const meter = meterOf(trial);
  if (meter === undefined) return undefined;
  if (meter !== 'api-requests') return { meter, resource };
  return change.kind === 'api-throttle' ? { meter, apiId: change.apiId, stage: change.stage } : undefined;
}
