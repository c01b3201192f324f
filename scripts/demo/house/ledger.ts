import type { House } from './house.ts';

const STRESS_FUNCTION = 'reservation-dev-stress-database';
/** A busy year: bookings feel it where each of them reads all of it. */
const ROWS = 1_000_000;

/** The ledger of payments, through the sample's own fault injection. */
export function openLedger(house: House) {
  const order = (action: string, rows?: number) =>
    house.invoke(STRESS_FUNCTION, { action, of: 'payments', ...(rows !== undefined && { rows }) }) as Promise<{
      hasIndex: boolean;
    }>;
  const dropIndex = async (): Promise<void> => void (await order('drop-index'));
  return {
    /** Gives it the payments of a busy year. */
    async fill(): Promise<void> {
      // Rows go in faster without it.
      await dropIndex();
      // A statement of the Data API has 45 seconds: a slow machine does it in two.
      await order('grow', ROWS).catch(() => order('grow', ROWS / 2).then(() => order('grow', ROWS)));
      await order('create-index');
    },
    /** The index by card is gone: each booking reads the whole ledger. */
    dropIndex,
    hasIndex: async (): Promise<boolean> => (await order('state')).hasIndex,
  };
}
export type Ledger = ReturnType<typeof openLedger>;
