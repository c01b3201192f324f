import * as z from 'zod';
import type { DataApi } from '../adapters/data-api.ts';
import { PROTECTED_STAGE } from '../runtime/faults/faults-schema.ts';
import { ServiceError } from '../runtime/service-error.ts';

/** The index without which questions by guest read the whole table, and the statement that repairs it. */
const INDEX = 'itinerary_guest_by_lookup';
const CREATE_INDEX = `CREATE INDEX IF NOT EXISTS ${INDEX} ON itinerary_guest (lookup, arrival DESC, confirmation DESC)`;
/** Rows of nobody: their lookups are no hash of a guest's. */
const GROW = `
INSERT INTO itinerary_guest (confirmation, revision, lookup, arrival)
SELECT 'stress-' || n, 1, md5(n::text), DATE '2020-01-01' + (n % 2000)
FROM generate_series(1, CAST(:rows AS integer)) AS n ON CONFLICT DO NOTHING`;
const SHRINK = "DELETE FROM itinerary_guest WHERE confirmation LIKE 'stress-%'";
const STATE = `
SELECT (SELECT count(*) FROM itinerary_guest) AS rows,
  EXISTS (SELECT 1 FROM pg_indexes WHERE indexname = '${INDEX}') AS "hasIndex"`;

const orderSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('drop-index') }),
  z.strictObject({ action: z.literal('create-index') }),
  z.strictObject({ action: z.literal('grow'), rows: z.number().int().min(1).max(5_000_000) }),
  z.strictObject({ action: z.literal('shrink') }),
  z.strictObject({ action: z.literal('state') }),
]);

/** How the table that answers questions by guest is now. */
export interface DatabaseState {
  readonly rows: number;
  readonly hasIndex: boolean;
}

/**
 * The fault of a slow query: takes the index away, or gives the table rows so that it matters. The opposite orders undo it.
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
  if (action === 'drop-index') await database.run('drop index', `DROP INDEX IF EXISTS ${INDEX}`);
  if (action === 'create-index') await database.run('create index', CREATE_INDEX);
  if (action === 'grow') await database.run('grow table', GROW, { rows: order.data.rows });
  if (action === 'shrink') await database.run('shrink table', SHRINK);
  if (action !== 'state') await database.run('analyse table', 'ANALYZE itinerary_guest');
  const [state] = await database.run('state of table', STATE);
  return { rows: Number(state?.rows), hasIndex: state?.hasIndex === true };
}
