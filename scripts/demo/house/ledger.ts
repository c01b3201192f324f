import type { House } from './house.ts';
import { readPlan } from './read-plan.ts';

const STRESS_FUNCTION = 'reservation-dev-stress-database';
/** The ledger of so many payments, through the sample's own fault injection. */
export function openLedger(house: House, payments: number) {
  const order = (action: string, rows?: number) =>
    house.invoke(STRESS_FUNCTION, { action, of: 'payments', ...(rows !== undefined && { rows }) });
  const dropIndex = async (): Promise<void> => void (await order('drop-index'));
  return {
    /** Gives it the payments of a busy year. */
    async fill(): Promise<void> {
      // Rows go in faster without it.
      await dropIndex();
      await order('grow', payments).catch(async () => {
        // A statement of the Data API has 45 seconds: a slow machine does it in three.
        for (const third of [1, 2, 3]) await order('grow', Math.round((payments * third) / 3));
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
