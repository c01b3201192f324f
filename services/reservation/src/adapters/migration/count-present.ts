import type { DataApi } from '../data-api.ts';

const COUNT = `
SELECT count(*) AS present FROM itinerary
WHERE confirmation IN (SELECT jsonb_array_elements_text(CAST(:confirmations AS jsonb)))`;

/** How many of these confirmations the relational itinerary has. */
export const countPresent =
  (database: DataApi) =>
  async (confirmations: readonly string[]): Promise<number> => {
    const [row] = await database.run('count itineraries', COUNT, { confirmations: JSON.stringify(confirmations) });
    return Number(row?.present ?? 0);
  };
