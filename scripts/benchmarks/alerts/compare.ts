import type { HeardMessages } from './heard-messages.ts';
import type { Outbox, OutboxDelivery } from './read-outbox.ts';

const STEP_MS = 300_000;

/** Whether what the outbox says and what each recipient could see are the same. */
export function compare(subjects: readonly string[], outbox: Outbox, heard: HeardMessages) {
  const fates = subjects.map((subject) => fateOf(subject, outbox, heard));
  const deliveries = [...outbox.deliveries.values()].flat();
  return {
    lost: fates.filter((fate) => fate === 'lost').length,
    delivered: fates.filter((fate) => fate === 'delivered').length,
    undeliverable: fates.filter((fate) => fate === 'undeliverable').length,
    pending: deliveries.filter(({ state }) => state === 'pending').length,
    saidDeliveredButUnseen: deliveries.filter((delivery) => wasSent(delivery) && !isSeen(delivery, heard)).length,
    saidUnsentButSeen: seenUnsaid(outbox, heard),
  };
}

function fateOf(subject: string, outbox: Outbox, heard: HeardMessages): 'delivered' | 'undeliverable' | 'lost' {
  const alertId = outbox.alertOf.get(subject);
  const deliveries = (alertId && outbox.deliveries.get(alertId)) || [];
  if (alertId !== undefined && heard.byAlert.has(alertId) && deliveries.some(wasSent)) return 'delivered';
  return deliveries.length > 0 && deliveries.every(isGivenUp) ? 'undeliverable' : 'lost';
}

const wasSent = ({ sent }: OutboxDelivery): boolean => sent >= 0;

/** Where a recipient looks, as what was heard names it. */
function placeOf({ channel, recipient }: OutboxDelivery): string {
  if (channel === 'pager') return 'pagerduty';
  if (channel === 'direct') return `D-${recipient}`;
  return channel === 'ops' ? recipient : channel;
}

/** Whether the recipient could see the revision that was sent, or a newer one whose answer was lost. */
function isSeen(delivery: OutboxDelivery, heard: HeardMessages): boolean {
  const revision = heard.byAlert.get(delivery.alertId)?.get(placeOf(delivery));
  return revision !== undefined && (revision === -1 || revision >= delivery.sent);
}

/** Places at which an alert could be seen though the outbox has nobody there, or says that nothing was sent and nothing may have been. */
function seenUnsaid(outbox: Outbox, heard: HeardMessages): number {
  let unsaid = 0;
  for (const [alertId, places] of heard.byAlert) {
    const own = outbox.deliveries.get(alertId) ?? [];
    const said = new Set(own.filter((one) => wasSent(one) || one.unsure !== undefined).map(placeOf));
    for (const place of places.keys()) if (!said.has(place)) unsaid++;
  }
  return unsaid;
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
