import type { OutgoingMessage } from './outgoing-message.ts';

/** Events API v2: https://developer.pagerduty.com/docs/send-alert-event. `dedup_key` makes a repeated event the same incident. */
export function pagerDutyEvent({ alert }: OutgoingMessage, routingKey: string): object {
  const action = { open: 'trigger', snoozed: 'acknowledge', acknowledged: 'acknowledge', closed: 'resolve' } as const;
  return {
    routing_key: routingKey,
    event_action: action[alert.state],
    dedup_key: alert.alertId,
    payload: {
      summary: alert.title.slice(0, 1024),
      source: 'lamplighter',
      severity: alert.severity,
      timestamp: new Date(alert.openedAt).toISOString(),
      group: alert.groupKey,
      class: alert.subject.kind,
      custom_details: { text: alert.text.slice(0, 100_000), alertId: alert.alertId, occurrences: alert.occurrences },
    },
  };
}
