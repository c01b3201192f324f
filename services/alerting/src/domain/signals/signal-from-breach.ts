import { BreachPredicted } from '@lamplighter/contracts';
import type { AlertSignal } from '../alert-signal.ts';

const OUT_OF_SIGHT = 'is no longer in sight';

/** A limit that will be hit: a warning while it is ahead, critical when it happened. */
export function signalFromBreach(detail: unknown, at: number): AlertSignal {
  const { data } = BreachPredicted.parse(detail);
  const hasHappened = data.change === 'happened';
  const when = data.expectedAt === undefined ? '' : ` at about ${new Date(data.expectedAt).toISOString()}`;
  const isOver = data.change === 'withdrawn';
  const outlook = isOver ? OUT_OF_SIGHT : hasHappened ? 'was reached' : `will be reached${when}`;
  return {
    kind: isOver ? 'resolve' : 'open',
    groupKey: `breach/${data.breachId}`,
    subject: { kind: 'breach', id: data.breachId },
    names: [data.resource.name],
    revision: data.revision,
    severity: hasHappened ? 'critical' : 'warning',
    title: `${data.resource.name}: ${data.limit.name} of ${data.limit.value} ${data.limit.unit} ${outlook}`,
    text: [data.explanation, ...data.recommendations.map(({ action, effect }) => `${action}: ${effect}`)].join('\n'),
    at,
    ...(isOver && { isMereEnd: true, because: `the limit ${OUT_OF_SIGHT}` }),
  };
}
