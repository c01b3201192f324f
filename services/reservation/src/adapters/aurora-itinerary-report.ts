import type { GuestQuery, ItineraryReport, StoredItinerary } from '../ports.ts';
import type { DataApi } from './data-api.ts';
import { reportRow } from './report-row.ts';
import { UPSERT_ITINERARIES } from './upsert-itineraries.sql.ts';

/** Rows a statement takes: a request of the Data API holds 4 MiB. */
const ROWS_AT_ONCE = 100;

/** A page begins after (arrival, confirmation) of the last row before it. */
const BY_GUEST = `
SELECT g.confirmation, to_char(g.arrival, 'YYYY-MM-DD') AS arrival, i.property
FROM itinerary_guest g JOIN itinerary i ON i.confirmation = g.confirmation AND i.revision = g.revision
WHERE g.lookup = :lookup AND (g.arrival, g.confirmation) < (CAST(:arrival AS date), :confirmation)
ORDER BY g.arrival DESC, g.confirmation DESC LIMIT :limit`;

const BEYOND = { arrival: '9999-12-31', confirmation: '' };

/** The relational itinerary in Aurora, through the Data API. */
export function auroraItineraryReport(database: DataApi): ItineraryReport {
  return {
    async upsert(rows) {
      const newest = [...newestOf(rows).values()].map(reportRow);
      for (let from = 0; from < newest.length; from += ROWS_AT_ONCE)
        await database.run('upsert itineraries', UPSERT_ITINERARIES, {
          rows: JSON.stringify(newest.slice(from, from + ROWS_AT_ONCE)),
        });
    },
    async byGuest({ lookup, limit, start }: GuestQuery) {
      const after = start === undefined ? BEYOND : readStart(start);
      const rows = await database.run('itinerary by guest', BY_GUEST, { lookup, ...after, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map((row) => ({
          confirmation: String(row.confirmation),
          property: row.property === null ? undefined : String(row.property),
        })),
        next: rows.length > limit && last !== undefined ? startOf(`${last.arrival}#${last.confirmation}`) : undefined,
      };
    },
  };
}

/** One row per reservation: a statement cannot change the same row twice. */
function newestOf(rows: readonly StoredItinerary[]): Map<string, StoredItinerary> {
  const newest = new Map<string, StoredItinerary>();
  for (const row of rows) {
    const known = newest.get(row.itinerary.confirmation);
    if (known === undefined || known.revision < row.revision) newest.set(row.itinerary.confirmation, row);
  }
  return newest;
}

const startOf = (text: string): string => Buffer.from(text).toString('base64url');

/** @throws RangeError for a text that no page ended with */
function readStart(start: string): { readonly arrival: string; readonly confirmation: string } {
  const [, arrival, confirmation] =
    /^(\d{4}-\d{2}-\d{2})#(.+)$/s.exec(Buffer.from(start, 'base64url').toString('utf8')) ?? [];
  if (arrival === undefined || confirmation === undefined)
    throw new RangeError('The page to start from is none of this list.');
  return { arrival, confirmation };
}
