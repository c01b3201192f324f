import * as z from 'zod';
import type { DataApi } from '../adapters/data-api.ts';
import { PROTECTED_STAGE } from '../runtime/faults/faults-schema.ts';
import { ServiceError } from '../runtime/service-error.ts';

interface StressedTable {
  readonly table: string;
  /** The index without which a frequent question reads the whole table, and the statement that repairs it. */
  readonly index: string;
  readonly createIndex: string;
  /** Gives the table so many rows of nobody, and takes them away again. */
  readonly grow: string;
  readonly shrink: string;
  /** The tables whose statistics these change. */
  readonly analysed: string;
}

/** Questions by guest, and the payment step of each booking. */
const TABLES = {
  'itinerary-guests': {
    table: 'itinerary_guest',
    index: 'itinerary_guest_by_lookup',
    createIndex:
      'CREATE INDEX IF NOT EXISTS itinerary_guest_by_lookup ON itinerary_guest (lookup, arrival DESC, confirmation DESC)',
    // Their lookups are no hash of a guest's. Each has its itinerary, else a plan from the few itineraries to their guests would need no index.
    grow: `
WITH itineraries AS (
  INSERT INTO itinerary (confirmation, revision, is_cancelled, changed_at)
  SELECT 'stress-' || n, 1, true, TIMESTAMPTZ '2020-01-01 00:00:00Z'
  FROM generate_series(1, CAST(:rows AS integer)) AS n ON CONFLICT DO NOTHING
)
INSERT INTO itinerary_guest (confirmation, revision, lookup, arrival)
SELECT 'stress-' || n, 1, md5(n::text), DATE '2020-01-01' + (n % 2000)
FROM generate_series(1, CAST(:rows AS integer)) AS n ON CONFLICT DO NOTHING`,
    shrink: `
WITH itineraries AS (DELETE FROM itinerary WHERE confirmation LIKE 'stress-%')
DELETE FROM itinerary_guest WHERE confirmation LIKE 'stress-%'`,
    analysed: 'itinerary_guest, itinerary',
  },
  payments: {
    table: 'payment',
    index: 'payment_by_card',
    createIndex: 'CREATE INDEX IF NOT EXISTS payment_by_card ON payment (card_token, decided_at_ms)',
    grow: `
INSERT INTO payment (authorization_id, card_token, confirmation, amount, currency, outcome, decided_at_ms)
SELECT 'stress-' || n, md5(n::text), 'stress-' || n, 100, 'USD', 'authorised', 1577836800000 + n
FROM generate_series(1, CAST(:rows AS integer)) AS n ON CONFLICT DO NOTHING`,
    shrink: "DELETE FROM payment WHERE authorization_id LIKE 'stress-%'",
    analysed: 'payment',
  },
} as const satisfies Record<string, StressedTable>;

const stateOf = ({ table, index }: StressedTable): string => `
SELECT (SELECT count(*) FROM ${table}) AS rows,
  EXISTS (SELECT 1 FROM pg_indexes WHERE indexname = '${index}') AS "hasIndex"`;

const of = z.enum(Object.keys(TABLES) as (keyof typeof TABLES)[]).default('itinerary-guests');
const orderSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('drop-index'), of }),
  z.strictObject({ action: z.literal('create-index'), of }),
  z.strictObject({ action: z.literal('grow'), rows: z.number().int().min(1).max(5_000_000), of }),
  z.strictObject({ action: z.literal('shrink'), of }),
  z.strictObject({ action: z.literal('state'), of }),
]);

/** How a table is now. */
export interface DatabaseState {
  readonly rows: number;
  readonly hasIndex: boolean;
}

/**
 * The fault of a slow query: takes the index away, or gives the table rows so that it matters. The opposite orders undo it. `of` names whose
 * query becomes slow: `itinerary-guests` (questions by guest) where absent, or `payments` (the payment step of each booking).
 * Throws `REFUSED_IN_PROD` and `ORDER_INVALID`.
 */
export async function stressDatabase(
  event: unknown,
  { database, stage }: { readonly database: DataApi; readonly stage: string },
): Promise<DatabaseState> {
  if (stage === PROTECTED_STAGE)
    throw new ServiceError('REFUSED_IN_PROD', 'No fault is injected in a stage called prod.');
  const order = orderSchema.safeParse(event);
  if (!order.success)
    throw new ServiceError(
      'ORDER_INVALID',
      'An action is drop-index, create-index, grow (with rows), shrink or state.',
    );
  const { action } = order.data;
  const table: StressedTable = TABLES[order.data.of];
  if (action === 'drop-index') await database.run('drop index', `DROP INDEX IF EXISTS ${table.index}`);
  if (action === 'create-index') await database.run('create index', table.createIndex);
  if (action === 'grow') await database.run('grow table', table.grow, { rows: order.data.rows });
  if (action === 'shrink') await database.run('shrink table', table.shrink);
  if (action !== 'state') await database.run('analyse table', `ANALYZE ${table.analysed}`);
  const [state] = await database.run('state of table', stateOf(table));
  return { rows: Number(state?.rows), hasIndex: state?.hasIndex === true };
}
