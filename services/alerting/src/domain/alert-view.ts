import type { Alert } from '@lamplighter/contracts';
import type { Delivery } from './delivery.ts';
import type { StoredAlert } from './stored-alert.ts';

/** The alert as others see it: on the bus, in the console, in a webhook. */
export function alertView(alert: StoredAlert, deliveries: readonly Delivery[]): Alert {
  const { acknowledgedBy, snoozedUntil, closedAt, closedBecause } = alert;
  return {
    alertId: alert.alertId,
    groupKey: alert.groupKey,
    severity: alert.severity,
    title: alert.title,
    text: alert.text,
    subject: alert.subject,
    state: alert.state,
    revision: alert.revision,
    openedAt: alert.openedAt,
    updatedAt: alert.updatedAt,
    occurrences: alert.occurrences,
    ...(alert.members && { members: alert.members }),
    ...(alert.history && { history: [...alert.history] }),
    escalationStep: Math.max(0, alert.stepsTaken - 1),
    ...(acknowledgedBy !== undefined && { acknowledgedBy }),
    ...(snoozedUntil !== undefined && { snoozedUntil }),
    ...(closedAt !== undefined && { closedAt }),
    ...(closedBecause !== undefined && { closedBecause }),
    deliveries: deliveries.map(({ channel, recipient, person, state, attempts, updatedAt, firstSentAt, reason }) => ({
      channel,
      recipient: person ?? recipient,
      state,
      attempts,
      at: updatedAt,
      ...(firstSentAt !== undefined && { firstAt: firstSentAt }),
      ...(reason !== undefined && { reason }),
    })),
  };
}
