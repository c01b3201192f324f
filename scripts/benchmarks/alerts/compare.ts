import type { HeardMessages } from './heard-messages.ts';
import type { Outbox, OutboxDelivery } from './read-outbox.ts';

const KIND_OF_CHANNEL: Readonly<Record<string, string>> = {
  ops: 'slack',
  direct: 'slack',
  hook: 'webhook',
  dead: 'webhook',
  pager: 'pagerduty',
};
const STEP_MS = 300_000;

/** Whether what the outbox says and what the channels saw are the same. */
export function compare(subjects: readonly string[], outbox: Outbox, heard: HeardMessages) {
  const fates = subjects.map((subject) => fateOf(subject, outbox, heard));
  const deliveries = [...outbox.deliveries.values()].flat();
  return {
    lost: fates.filter((fate) => fate === 'lost').length,
    delivered: fates.filter((fate) => fate === 'delivered').length,
    undeliverable: fates.filter((fate) => fate === 'undeliverable').length,
    pending: deliveries.filter(({ state }) => state === 'pending').length,
    saidDeliveredButUnseen: deliveries.filter((delivery) => wasSent(delivery) && !isSeen(delivery, heard)).length,
  };
}

function fateOf(subject: string, outbox: Outbox, heard: HeardMessages): 'delivered' | 'undeliverable' | 'lost' {
  const alertId = outbox.alertOf.get(subject);
  const deliveries = (alertId && outbox.deliveries.get(alertId)) || [];
  if (alertId !== undefined && heard.byAlert.has(alertId) && deliveries.some(wasSent)) return 'delivered';
  return deliveries.length > 0 && deliveries.every(isGivenUp) ? 'undeliverable' : 'lost';
}

const wasSent = ({ sent }: OutboxDelivery): boolean => sent >= 0;

const isSeen = ({ alertId, channel }: OutboxDelivery, heard: HeardMessages): boolean =>
  heard.byAlert.get(alertId)?.has(KIND_OF_CHANNEL[channel]!) === true;

const isGivenUp = ({ state, reason }: OutboxDelivery): boolean =>
  (state === 'failed' || state === 'undeliverable') && reason !== undefined;

/** How far the steps of escalations were from the minute that the policy gives them. */
export function escalationTimes({ alerts, deliveries }: Outbox): {
  readonly steps: number;
  readonly latestMs: number;
  readonly earliestMs: number;
} {
  const offsets = [...deliveries.values()].flat().flatMap(({ alertId, step, plannedAt, fallbackOf }) => {
    const openedAt = alerts.get(alertId)?.openedAt;
    const isStep = step > 0 && fallbackOf === undefined && openedAt !== undefined;
    return isStep ? [plannedAt - openedAt - step * STEP_MS] : [];
  });
  return {
    steps: offsets.length,
    latestMs: offsets.reduce((most, offset) => Math.max(most, offset), 0),
    earliestMs: offsets.reduce((least, offset) => Math.min(least, offset), 0),
  };
}
