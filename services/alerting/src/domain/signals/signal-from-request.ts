import { AlertRequested } from '@lamplighter/contracts';
import type { AlertSignal } from '../alert-signal.ts';

/** The group of requests that name this one. */
export const requestGroup = (groupKey: string): string => `request/${groupKey}`;

/** What somebody asked for on the bus, word for word. */
export function signalFromRequest(detail: unknown): AlertSignal {
  const { change, groupKey, ...request } = AlertRequested.parse(detail).data;
  const isMereEnd = change === 'resolve' && request.subject.kind === 'synthetic';
  return {
    kind: change,
    groupKey: requestGroup(groupKey),
    names: [request.subject.id],
    ...request,
    ...(isMereEnd && { isMereEnd }),
  };
}
