import { type Delivery, deliveryKey } from '../domain/delivery.ts';

/** Partition and sort keys of the outbox table. */
export const ALERT = 'ALERT';
export const OPEN_ALERTS = 'open';
export const ALL_ALERTS = 'all';

export const alertPartition = (alertId: string): string => `ALERT#${alertId}`;
export const deliverySort = (delivery: Pick<Delivery, 'channel' | 'recipient'>): string =>
  `DELIVERY#${deliveryKey(delivery)}`;
export const groupKeyOf = (groupKey: string) => ({ pk: `GROUP#${groupKey}`, sk: 'NEWEST' });
export const memberKeyOf = (subjectId: string) => ({ pk: `SUBJECT#${subjectId}`, sk: 'MEMBER' });
