import { BreachPredicted } from '@lamplighter/contracts';
import type { AlertSignal } from '../alert-signal.ts';

/** A limit that will be hit: a warning while it is ahead, critical when it happened. */
export function signalFromBreach(detail: unknown, at: number): AlertSignal {
  const { data } = BreachPredicted.parse(detail);
  const when = data.expectedAt === undefined ? '' : ` at about ${new Date(data.expectedAt).toISOString()}`;
  return {
    kind: data.change === 'withdrawn' ? 'resolve' : 'open',
    groupKey: `breach/${data.breachId}`,
    subject: { kind: 'breach', id: data.breachId },
    revision: data.revision,
    severity: data.change === 'happened' ? 'critical' : 'warning',
    title: `${data.resource.name}: ${data.limit.name} of ${data.limit.value} ${data.limit.unit} will be reached${when}`,
    text: [data.explanation, ...data.recommendations.map(({ action, effect }) => `${action}: ${effect}`)].join('\n'),
    at,
    ...(data.change === 'withdrawn' && { isMereEnd: true }),
  };
}
