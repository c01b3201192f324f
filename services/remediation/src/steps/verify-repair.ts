import { figuresByMinute, judgeRepair } from '@lamplighter/remedies';
import { hasEnded } from '../domain/advance-remediation.ts';
import { changeStored } from './change-stored.ts';
import type { NextState, StepDeps } from './step-deps.ts';

const MINUTE_MS = 60_000;

type VerifyDeps = Pick<StepDeps, 'remediations' | 'config' | 'windows' | 'now'>;

/** Looks at the minutes that began after the change: keep it, undo it, or wait for more. */
export async function verifyRepair(remediationId: string, deps: VerifyDeps): Promise<NextState> {
  const now = deps.now();
  const stored = (await deps.remediations.read(remediationId))?.value;
  if (stored === undefined || hasEnded(stored)) return { next: 'over' };
  const { remediation, trial, observed } = stored;
  const appliedAt = remediation.appliedAt ?? now;
  // The minute in which it was applied is neither before nor after.
  const since = Math.ceil(appliedAt / MINUTE_MS) * MINUTE_MS;
  const until = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const minutes = trial.metric === 'none' || until <= since ? [] : await deps.windows(observed, since, until);
  const { verdictMinutes } = (await deps.config()).guardrails;
  const verdict = judgeRepair(trial, figuresByMinute(minutes), { elapsedMs: now - appliedAt, verdictMinutes });
  if (verdict.kind === 'wait') return { next: 'wait' };
  const { after, windows } = verdict;
  const unit = trial.metric.endsWith('-ms') ? 'ms' : 'share';
  await changeStored(deps.remediations, remediationId, (one) => ({
    ...one,
    remediation: {
      ...one.remediation,
      verification: { metric: trial.metric, unit, before: trial.before, after, target: trial.target, windows },
    },
  }));
  if (verdict.kind === 'undo') return { next: 'undo' };
  if (stored.untilMinutes === undefined) return { next: 'keep' };
  return { next: 'hold', until: new Date(appliedAt + stored.untilMinutes * MINUTE_MS).toISOString() };
}
