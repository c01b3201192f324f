import * as z from 'zod';
import type { AlertSignal } from '../alert-signal.ts';

/** https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html */
const HealthEvent = z.object({
  eventArn: z.string(),
  service: z.string(),
  eventTypeCode: z.string(),
  eventTypeCategory: z.string(),
  statusCode: z.string().default('open'),
  startTime: z.string(),
  lastUpdatedTime: z.string().optional(),
  eventDescription: z.array(z.object({ latestDescription: z.string() })).default([]),
});

/** AWS Health: an issue is critical, a scheduled change or a notification a warning. */
export function signalFromHealth(detail: unknown): AlertSignal {
  const event = HealthEvent.parse(detail);
  const at = Date.parse(event.lastUpdatedTime ?? event.startTime);
  return {
    kind: event.statusCode === 'closed' ? 'resolve' : 'open',
    groupKey: `health/${event.eventArn}`,
    subject: { kind: 'health', id: event.eventArn },
    revision: at,
    severity: event.eventTypeCategory === 'issue' ? 'critical' : 'warning',
    title: `AWS Health: ${event.service} ${event.eventTypeCode}`,
    text: event.eventDescription.map(({ latestDescription }) => latestDescription).join('\n'),
    at,
  };
}
