import * as z from 'zod';
import type { AlertSignal } from '../alert-signal.ts';

/** The envelope of EventBridge. */
export const BusEvent = z.object({
  id: z.string(),
  source: z.string(),
  'detail-type': z.string(),
  time: z.string(),
  resources: z.array(z.string()).default([]),
  detail: z.unknown(),
});
export type BusEvent = z.infer<typeof BusEvent>;

/** Any other event that a rule sends here: a partner's, an own application's. It has no end that we would know, so each is an alert of its own. */
export function signalFromAnyEvent(event: BusEvent): AlertSignal {
  const at = Date.parse(event.time);
  return {
    kind: 'open',
    groupKey: `event/${event.source}/${event['detail-type']}/${event.resources[0] ?? ''}`,
    subject: { kind: 'other', id: event.id },
    names: event.resources,
    revision: at,
    severity: 'warning',
    title: `${event['detail-type']} from ${event.source}`,
    text: JSON.stringify(event.detail, null, 2).slice(0, 4_000),
    at,
  };
}
