import { withRefusedDecision } from '../domain/refused-decision.ts';
import type { StoredRemediation } from '../domain/stored-remediation.ts';
import { type Decision, takeDecision } from '../domain/take-decision.ts';
import type { ConfigPort, ContinuePort, RemediationPort } from '../ports.ts';
import { changeStored } from './change-stored.ts';

export type DecisionResult =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'refused'; readonly reason: string; readonly stored: StoredRemediation }
  /** `isDecided` once nobody else has to say anything. */
  | { readonly kind: 'taken'; readonly stored: StoredRemediation; readonly isDecided: boolean };

export interface DecideDeps {
  readonly remediations: RemediationPort;
  readonly config: ConfigPort;
  readonly continueExecution: ContinuePort;
  readonly now: () => number;
}

const MAX_TRIES = 8;

/** A person's decision, or why it was refused, recorded before the execution hears of it; who dies in between is followed by the same click, which lets it go on. */
export async function decideRepair(
  remediationId: string,
  decision: Decision,
  deps: DecideDeps,
): Promise<DecisionResult> {
  const { approvers } = await deps.config();
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const read = await deps.remediations.read(remediationId);
    if (read === undefined) return { kind: 'not-found' };
    const outcome = takeDecision(read.value, decision, { approvers, now: deps.now() });
    if (outcome.kind === 'refused') {
      await goOn(read.value, deps);
      const stored = await changeStored(deps.remediations, remediationId, (one) =>
        withRefusedDecision(one, { ...decision, reason: outcome.reason, at: deps.now() }),
      );
      return { ...outcome, stored };
    }
    if ((await deps.remediations.write(outcome.stored, read.version)) === 'conflict') continue;
    await goOn(outcome.stored, deps);
    return outcome;
  }
  return { kind: 'not-found' };
}

/** Decided, but perhaps not yet told to the execution. Telling it twice does nothing. */
async function goOn({ remediation, taskToken }: StoredRemediation, { continueExecution }: DecideDeps): Promise<void> {
  if (taskToken === undefined) return;
  if (remediation.state === 'approved') await continueExecution(taskToken, { next: 'automatic' });
  if (remediation.state === 'declined') await continueExecution(taskToken, { next: 'over' });
}
