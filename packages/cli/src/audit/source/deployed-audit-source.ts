import { AuditAnswer } from '@lamplighter/contracts';
import { runsOn } from '../../cost/runs-on.ts';
import { answerOf } from '../../deployment/answer-of.ts';
import { functionNameOf } from '../../deployment/ask-service.ts';
import type { OpenDeployment } from '../../deployment/with-deployment.ts';
import { aroundRequest } from '../around-request.ts';
import type { AuditSource } from './audit-source.ts';

const QUERY_AUDIT = { service: 'ingestion', query: 'query-audit' } as const;

/** The ingestion service of a deployment, by its query function. Its answers reject with an `InputError` where it cannot be reached or is not deployed. */
export function deployedAuditSource(deployment: OpenDeployment): AuditSource {
  return {
    name: `${functionNameOf(deployment, QUERY_AUDIT)} at ${deployment.name}`,
    now: deployment.now,
    runsOn: (of) => runsOn(deployment, of),
    around: (invocation, terminal) => aroundRequest(deployment, invocation, terminal),
    ask: (query) => answerOf(deployment, QUERY_AUDIT, query, AuditAnswer),
  };
}
