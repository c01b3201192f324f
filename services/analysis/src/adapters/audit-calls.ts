import type { CallPort } from '../ports.ts';
import type { AskAudit } from './ask-audit.ts';

/** A function's calls as the audit has them, the newest of them: of a busy reader only those tell what fails now. */
export function auditCalls(ask: AskAudit): CallPort {
  return async ({ functionName, accountId, region }, { since, until, limit }) => {
    const owner = { functionName, accountId, region };
    const answer = await ask({ kind: 'by-function', ...owner, since, until, limit, newestFirst: true });
    return answer.kind === 'invocations' ? answer.invocations.toReversed() : [];
  };
}
