import type { Severity } from '@lamplighter/contracts';
import type { AlertSignal } from './alert-signal.ts';
import { returnOf, toldIfItLasts } from './flapping.ts';
import { memberOf } from './named-members.ts';
import { type AlertingPolicy, stepsFor } from './policy/policy.ts';
import { clock } from './render/state-line.ts';
import { type Holding, silenceOf } from './silenced.ts';
import type { StoredAlert } from './stored-alert.ts';

/**
 * A new alert; its first step is due at once, or as late as the policy says, or as its group's coming and going asks for; quiet hours hold it back.
 * @param before the group's newest alert so far
 */
export function openAlert(
  signal: AlertSignal,
  alertId: string,
  policy: AlertingPolicy,
  now: number,
  before?: StoredAlert,
): StoredAlert {
  const about = [signal.names ?? []];
  const silence = signal.subject.kind === 'synthetic' ? undefined : silenceOf({ about }, policy, now);
  const dueAt = signal.subject.kind === 'synthetic' ? now : firstStepAt(policy, signal.severity, now);
  // A first step that waits by itself needs no more patience, and what is silenced is not told: it counts as no coming and going.
  const isTold = dueAt <= now && silence === undefined;
  const { toldAtOnce, heldUntil, warning } = isTold ? returnOf(before, signal, now) : {};
  return {
    alertId,
    groupKey: signal.groupKey,
    severity: signal.severity,
    title: signal.title,
    text: [signal.text, warning, silence && silenceLine(silence)].filter((line) => line !== undefined).join('\n'),
    subject: signal.subject,
    state: 'open',
    revision: 0,
    openedAt: now,
    updatedAt: now,
    occurrences: 1,
    members: [memberOf(signal)],
    about,
    openMembers: 1,
    stepsTaken: 0,
    // The daily proof waits for nobody.
    nextStepAt: heldUntil === undefined ? dueAt : toldIfItLasts(heldUntil, now),
    ...(toldAtOnce && { toldAtOnce }),
    ...(heldUntil !== undefined && { heldUntil }),
    escalationRun: 1,
    history: [{ at: now, change: 'opened' }],
    lastChange: 'opened',
    newsRevision: 0,
    ...(signal.approvals && { approvals: signal.approvals }),
    ...(signal.concerns && { concerns: signal.concerns }),
  };
}

/** Why nobody is told yet, for those who look. */
const silenceLine = ({ silence, until }: Holding): string => `Silenced until ${clock(until)}: ${silence.because}`;

/** When the first step of a severity's escalation is due, epoch milliseconds. */
export const firstStepAt = (policy: AlertingPolicy, severity: Severity, now: number): number =>
  now + stepsFor(policy, severity)[0]!.afterMinutes * 60_000;
