import { type Remediation, RemediationsAnswer, type RemediationsQuery } from '@lamplighter/contracts';
import { answerOf, notUnderstood } from '../deployment/answer-of.ts';
import type { Deployment } from '../deployment/with-deployment.ts';
import { InputError } from '../input-error.ts';

const QUERY_REMEDIATIONS = { service: 'remediation', query: 'query-remediations' } as const;

/**
 * Asks the query function of a deployed remediation service. Throws an `InputError` where it cannot be reached or is not deployed, does not understand,
 * or refuses a decision.
 */
export async function askRepairs(deployment: Deployment, query: RemediationsQuery): Promise<RemediationsAnswer> {
  const answer = await answerOf(deployment, QUERY_REMEDIATIONS, query, RemediationsAnswer);
  if (answer.kind === 'refused') throw new InputError('refused', answer.reason, 'See lamplighter repairs.');
  if (answer.kind !== 'invalid-query') return answer;
  throw notUnderstood(deployment, QUERY_REMEDIATIONS, answer.reason);
}

/** What was planned for a finding; nothing where the remediation service is not deployed, or may not be asked: whoever asks about the finding is answered all the same. */
export async function repairsOf(deployment: Deployment, findingId: string): Promise<readonly Remediation[]> {
  const answer = await askRepairs(deployment, { kind: 'by-finding', findingId }).catch((error: unknown) => {
    if (error instanceof InputError) return undefined;
    throw error;
  });
  return answer?.kind === 'remediations' ? answer.remediations : [];
}
