import { LamplighterError } from '@lamplighter/lambda-kit';
import { type FailedState, failureIn } from '../../domain/failed-state.ts';
import { admitRepair } from '../../steps/admit-repair.ts';
import { admitWithdrawal } from '../../steps/admit-withdrawal.ts';
import { askForApproval, expireApproval } from '../../steps/ask-for-approval.ts';
import { guardRepair } from '../../steps/guard-repair.ts';
import { admitTakeBack, letGo } from '../../steps/hold-repair.ts';
import { type Ending, recordRepair } from '../../steps/record-repair.ts';
import type { NextState, StepDeps } from '../../steps/step-deps.ts';
import { verifyRepair } from '../../steps/verify-repair.ts';

/** What the state machine asks for. */
export interface StepRequest {
  readonly step:
    | 'guard'
    | 'ask'
    | 'expire'
    | 'admit'
    | 'admit-withdrawal'
    | 'let-go'
    | 'admit-take-back'
    | 'verify'
    | 'record';
  readonly remediationId: string;
  readonly taskToken?: string;
  readonly ending?: Ending;
  /** Of the state that failed, as Step Functions catches it. */
  readonly error?: FailedState;
  /** The same, from executions that began before an upgrade. */
  readonly failure?: string;
  /** With `admit-withdrawal`, of the execution: when the withdrawal began, ISO; absent of those that began before an upgrade. */
  readonly input?: { readonly since?: string };
  /** With the ending `withdrawn`: why. */
  readonly said?: string;
}

/** One step of a repair that touches nothing but our own records. */
export async function takeStep(request: StepRequest, deps: StepDeps): Promise<NextState> {
  const { step, remediationId } = request;
  switch (step) {
    case 'guard':
      return guardRepair(remediationId, deps);
    case 'ask':
      await askForApproval(remediationId, request.taskToken ?? '', deps);
      return { next: 'approve' };
    case 'expire':
      return expireApproval(remediationId, deps);
    case 'admit':
      return admitRepair(remediationId, deps);
    case 'admit-withdrawal':
      return admitWithdrawal(remediationId, request.input?.since, deps);
    case 'let-go':
      return letGo(remediationId, deps);
    case 'admit-take-back':
      return admitTakeBack(remediationId, deps);
    case 'verify':
      return verifyRepair(remediationId, deps);
    case 'record':
      if (request.ending === undefined) throw new LamplighterError('STEP_INVALID', 'A record needs its ending.');
      await recordRepair(
        remediationId,
        request.ending,
        request.said ?? failureIn(request.error) ?? request.failure,
        deps,
      );
      return { next: 'over' };
  }
}
