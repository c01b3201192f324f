import * as z from 'zod';
import { AlertsAnswer, AlertsQuery } from './alerts-query.ts';
import { AuditAnswer, AuditQuery } from './audit-query.ts';
import { eventContracts } from './event-contracts.ts';
import { FindingsAnswer, FindingsQuery } from './findings-query.ts';
import { ForecastsAnswer, ForecastsQuery } from './forecasts-query.ts';
import { RemediationsAnswer, RemediationsQuery } from './remediations-query.ts';
import { SearchAnswer, SearchQuery } from './search-query.ts';

/** What services ask each other, and what they answer. */
const QUERIES = {
  AlertsQuery,
  AlertsAnswer,
  AuditQuery,
  AuditAnswer,
  FindingsQuery,
  FindingsAnswer,
  ForecastsQuery,
  ForecastsAnswer,
  RemediationsQuery,
  RemediationsAnswer,
  SearchQuery,
  SearchAnswer,
};

/**
 * The published shapes as JSON Schema, by `source/detailType@version`. `contracts.lock.json` holds what was agreed; a test compares the two,
 * so that nobody changes a shape that another service reads without raising its version and writing the lock anew
 * (`node packages/contracts/src/write-lock.ts`).
 */
export function lockOf(): Record<string, unknown> {
  const events = eventContracts.map((contract) => [
    `${contract.source}/${contract.detailType}@${contract.version}`,
    z.toJSONSchema(contract.schema),
  ]);
  const queries = Object.entries(QUERIES).map(([name, schema]) => [`query/${name}@1`, z.toJSONSchema(schema)]);
  return Object.fromEntries([...events, ...queries].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

/**
 * The text of a new lock. Throws a `RangeError` of one line where a shape that was agreed on has changed or is gone, unless that is `isBreaking` on
 * purpose; a new shape changes nothing that anybody reads.
 */
export function relock(
  agreed: Readonly<Record<string, unknown>>,
  current: Readonly<Record<string, unknown>>,
  isBreaking: boolean,
): string {
  const changed = Object.keys(agreed).filter((key) => JSON.stringify(agreed[key]) !== JSON.stringify(current[key]));
  if (changed.length > 0 && !isBreaking)
    throw new RangeError(
      `CONTRACT_CHANGED: ${changed.join(', ')}. Raise the version and keep the old contract, or, before the first release, pass --breaking.`,
    );
  return `${JSON.stringify(current, null, 2)}\n`;
}
