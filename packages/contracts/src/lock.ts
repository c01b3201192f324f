import * as z from 'zod';
import { AlertsAnswer, AlertsQuery } from './alerts-query.ts';
import { AuditAnswer, AuditQuery } from './audit-query.ts';
import { eventContracts } from './event-contracts.ts';
import { FindingsAnswer, FindingsQuery } from './findings-query.ts';
import { ForecastsAnswer, ForecastsQuery } from './forecasts-query.ts';
import { RemediationsAnswer, RemediationsQuery } from './remediations-query.ts';

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

/** What was agreed and is not so any more: shapes that changed or went without a new version. A new shape changes nothing that anybody reads. */
export function changedContracts(
  agreed: Readonly<Record<string, unknown>>,
  current: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.keys(agreed).filter((key) => JSON.stringify(agreed[key]) !== JSON.stringify(current[key]));
}
