import type { House } from './house.ts';
import { readPlan } from './read-plan.ts';

const STRESS_FUNCTION = 'reservation-dev-stress-database';
/** A busy year: bookings feel it where each of them reads all of it. */
const ROWS = 1_500_000;
/** A statement of the Data API has 45 seconds: a slow machine does it in three. */
const PARTS = [ROWS / 3, (2 * ROWS) / 3, ROWS];

/** The ledger of payments, through the sample's own fault injection. */
export function openLedger(house: House) {
  const order = (action: string, rows?: number) =>
    house.invoke(STRESS_FUNCTION, { action, of: 'payments', ...(rows !== undefined && { rows }) });
  const dropIndex = async (): Promise<void> => void (await order('drop-index'));
  return {
    /** Gives it the payments of a busy year. */
    async fill(): Promise<void> {
      // Rows go in faster without it.
      await dropIndex();
      await order('grow', ROWS).catch(async () => {
        for (const rows of PARTS) await order('grow', rows);
      });
      await order('create-index');
    },
    /** The index by card is gone: each booking reads the whole ledger. */
    dropIndex,
    /** Whether a booking's question reads the whole ledger, by the database's own plan. */
    async isReadWhole(): Promise<boolean> {
      const plan = await readPlan(house, "select * from payment where card_token = 'x' and decided_at_ms >= 0");
      return /Seq Scan on payment/.test(plan);
    },
  };
}
export type Ledger = ReturnType<typeof openLedger>;
