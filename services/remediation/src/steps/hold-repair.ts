import { hasEnded } from '../domain/advance-remediation.ts';
import { changeRecordOf } from './guard-request-of.ts';
import type { NextState, StepDeps } from './step-deps.ts';
import { MOST_WAIT_MS } from './waited-too-long.ts';

type HoldDeps = Pick<StepDeps, 'remediations' | 'guard' | 'now'>;

const MINUTE_MS = 60_000;

/** What stays for a while is made: others may change its resource meanwhile, and find it counted. */
export async function letGo(remediationId: string, { remediations, guard, now }: HoldDeps): Promise<NextState> {
  const stored = (await remediations.read(remediationId))?.value;
  if (stored === undefined || hasEnded(stored)) return { next: 'over' };
  await guard.unlock(changeRecordOf(stored, now()));
  return { next: 'hold' };
}

/**
 * Its time is over: it waits for whoever changes the same resource, but no longer than anybody waits for a turn. After that it is taken back beside them:
 * undoing touches nothing but what the repair itself has set.
 */
export async function admitTakeBack(remediationId: string, { remediations, guard, now }: HoldDeps): Promise<NextState> {
  const stored = (await remediations.read(remediationId))?.value;
  if (stored === undefined || hasEnded(stored)) return { next: 'over' };
  const { remediation, untilMinutes = 0 } = stored;
  const heldUntil = (remediation.appliedAt ?? remediation.updatedAt) + untilMinutes * MINUTE_MS;
  if ((await guard.lock(changeRecordOf(stored, now()))) === 'written') return { next: 'admitted' };
  return { next: now() - heldUntil < MOST_WAIT_MS ? 'wait' : 'admitted' };
}
