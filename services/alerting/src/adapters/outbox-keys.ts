import { type Delivery, deliveryKey } from '../domain/delivery.ts';
import type { Member } from '../domain/stored-alert.ts';

/** Partition and sort keys of the outbox table. */
export const ALERT = 'ALERT';
export const ALL_ALERTS = 'all';

export const alertPartition = (alertId: string): string => `ALERT#${alertId}`;
export const alertIdIn = (partition: string): string => partition.slice('ALERT#'.length);
export const deliverySort = (delivery: Pick<Delivery, 'channel' | 'recipient'>): string =>
  `DELIVERY#${deliveryKey(delivery)}`;
export const groupKeyOf = (groupKey: string) => ({ pk: `GROUP#${groupKey}`, sk: 'NEWEST' });
export const memberKeyOf = ({ kind, id }: Member['subject']) => ({ pk: `SUBJECT#${kind}/${id}`, sk: 'MEMBER' });
export const LAST_GOOD_POLICY = { pk: 'POLICY#last-good', sk: 'POLICY' };
