import type { Delivery } from './delivery.ts';

/** No send takes longer: a worker is ended before, so nobody sends on when another one begins. */
export const LEASE_MS = 60_000;

/** When the attempt under a lease began. */
export const startedAt = (lease: Delivery['lease']): number | undefined => lease && lease.until - LEASE_MS;

/** The time in which a message may have been sent, with one more attempt in it. */
export function widened(known: Delivery['unsure'], since: number, until: number): NonNullable<Delivery['unsure']> {
  return { since: Math.min(known?.since ?? since, since), until: Math.max(known?.until ?? until, until) };
}

/** The unsure time of a delivery whose last attempt left no trace but its lease. */
export function unsureOf({ lease, unsure }: Delivery): Delivery['unsure'] {
  return lease ? widened(unsure, startedAt(lease)!, lease.until) : unsure;
}
