import { changeRecordOf } from './guard-request-of.ts';
import type { NextState, StepDeps } from './step-deps.ts';

/** Before what was kept is undone: it waits for whoever changes the same resource, and while the kill switch is on. No rail is asked. */
export async function admitWithdrawal(
  remediationId: string,
  { remediations, guard, killSwitch, now }: Pick<StepDeps, 'remediations' | 'guard' | 'killSwitch' | 'now'>,
): Promise<NextState> {
  const stored = (await remediations.read(remediationId))?.value;
  if (stored?.remediation.state !== 'kept') return { next: 'over' };
  if (await killSwitch.isOn()) return { next: 'wait' };
  const locked = await guard.lock(changeRecordOf(stored, now()));
  return { next: locked === 'written' ? 'admitted' : 'wait' };
}
