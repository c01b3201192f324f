import * as z from 'zod';
import { AuditAnswer, AuditQuery } from './audit-query.ts';
import { eventContracts } from './event-contracts.ts';

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
  const queries = [
    ['query/AuditQuery@1', z.toJSONSchema(AuditQuery)],
    ['query/AuditAnswer@1', z.toJSONSchema(AuditAnswer)],
  ];
  return Object.fromEntries([...events, ...queries].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}
