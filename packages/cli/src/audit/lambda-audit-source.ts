import type { LambdaClient } from '@aws-sdk/client-lambda';
import { AuditAnswer } from '@lamplighter/contracts';
import type { AuditSource } from './audit-source.ts';
import { invokeQuery } from './invoke-query.ts';

/** Asks the query function of a deployed ingestion service. Throws an `InputError` where it cannot be reached or is not deployed. */
export function lambdaAuditSource(client: LambdaClient, stage: string, place: string): AuditSource {
  const functionName = `lamplighter-ingestion-${stage}-query-audit`;
  return {
    name: `${functionName} at ${place}`,
    ask: async (query) =>
      AuditAnswer.parse(await invokeQuery(client, { functionName, service: 'ingestion', place }, query)),
  };
}
