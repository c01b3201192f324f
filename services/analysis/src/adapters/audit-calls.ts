import type { CallPort } from '../ports.ts';
import type { AskAudit } from './ask-audit.ts';

/** A function's calls as the audit has them. */
export function auditCalls(ask: AskAudit): CallPort {
  return async ({ functionName, accountId, region }, { since, until, limit }) => {
    const answer = await ask({ kind: 'by-function', functionName, accountId, region, since, until, limit });
    return answer.kind === 'invocations' ? answer.invocations : [];
  };
}
