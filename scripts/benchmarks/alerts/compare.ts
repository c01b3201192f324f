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
  const figures = { lost: 0, delivered: 0, undeliverable: 0, pending: 0, saidDeliveredButUnseen: 0 };
  for (const subject of subjects) {
    const alertId = outbox.alertOf.get(subject);
    const deliveries = (alertId && outbox.deliveries.get(alertId)) || [];
    const isSeen = alertId !== undefined && heard.byAlert.has(alertId);
    if (isSeen && deliveries.some(({ sent }) => sent >= 0)) figures.delivered++;
    else if (deliveries.length > 0 && deliveries.every(isGivenUp)) figures.undeliverable++;
    else figures.lost++;
  }
  for (const delivery of [...outbox.deliveries.values()].flat()) {
    if (delivery.state === 'pending') figures.pending++;
    const kind = KIND_OF_CHANNEL[delivery.channel]!;
    if (delivery.sent >= 0 && !heard.byAlert.get(delivery.alertId)?.has(kind)) figures.saidDeliveredButUnseen++;
  }
  return figures;
}

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
