import { changeRecordOf } from './guard-request-of.ts';
import type { NextState, StepDeps } from './step-deps.ts';

const DAY_MS = 86_400_000;

/**
 * Before what was kept is undone: it waits for whoever changes the same resource, and while the kill switch is on. No rail is asked. Whoever has waited for a
 * day ends: the advice that it follows is held, and begins it anew. `since`: when it began, ISO; absent of executions that began before an upgrade.
 */
export async function admitWithdrawal(
  remediationId: string,
  since: string | undefined,
  { remediations, guard, killSwitch, now }: Pick<StepDeps, 'remediations' | 'guard' | 'killSwitch' | 'now'>,
): Promise<NextState> {
  const stored = (await remediations.read(remediationId))?.value;
  if (stored?.remediation.state !== 'kept') return { next: 'over' };
  if (since !== undefined && now() - Date.parse(since) >= DAY_MS) return { next: 'over' };
  if (await killSwitch.isOn()) return { next: 'wait' };
  const locked = await guard.lock(changeRecordOf(stored, now()));
  return { next: locked === 'written' ? 'admitted' : 'wait' };
}
