import { ProvisioningAdvised } from '@lamplighter/contracts';
import type { HoldEventPort } from '../../ports.ts';
import { type PlanAdviceDeps, planAdvice } from './plan-advice.ts';
import { type PlanRemediationDeps, planRemediation } from './plan-remediation.ts';

export interface PlanEventDeps extends PlanAdviceDeps, PlanRemediationDeps {
  readonly hold: HoldEventPort;
}

/** An event as EventBridge sends it to a queue, with when it was first held back. */
interface QueuedEvent {
  readonly 'detail-type': string;
  readonly detail: unknown;
  /** ISO; when it was published. */
  readonly time?: string;
  /** Epoch milliseconds. */
  readonly heldSince?: number;
}

const MINUTE_MS = 60_000;
/** First often, since most of what is waited for takes minutes; then as seldom as SQS allows. */
const OFTEN_MS = 3 * MINUTE_MS;
const OFTEN_FOR_MS = 30 * MINUTE_MS;
const SELDOM_MS = 15 * MINUTE_MS;
/** As long as a repair can take: what it was to wait for never ended, and somebody has to look (`remediation-unplanned` rings). */
const LONGEST_REPAIR_MS = 14 * 24 * 60 * MINUTE_MS;

/** A finding, or an advice, from the queue. What has to wait is held there as a new message: it has not failed, and the queue does not give it up. */
export async function planEvent(body: string, deps: PlanEventDeps): Promise<void> {
  const event = JSON.parse(body) as QueuedEvent;
  const { 'detail-type': type, detail, time, heldSince } = event;
  const now = deps.now();
  const age = { publishedAt: time === undefined ? now : Date.parse(time), isHeld: heldSince !== undefined };
  const outcome =
    type === ProvisioningAdvised.detailType ? await planAdvice(detail, deps) : await planRemediation(detail, deps, age);
  if (outcome === 'done') return;
  const since = heldSince ?? now;
  if (now - since > LONGEST_REPAIR_MS) {
    throw new Error(`An event has waited since ${new Date(since).toISOString()} for a repair that does not end.`);
  }
  await deps.hold(JSON.stringify({ ...event, heldSince: since }), now - since < OFTEN_FOR_MS ? OFTEN_MS : SELDOM_MS);
}
