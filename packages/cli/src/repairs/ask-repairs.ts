import { RemediationsAnswer, type RemediationsQuery } from '@lamplighter/contracts';
import type { Deployment } from '../audit/audit-place.ts';
import { invokeQuery } from '../audit/invoke-query.ts';
import { InputError } from '../input-error.ts';

/**
 * Asks the query function of a deployed remediation service. Throws an `InputError` where it cannot be reached or is not deployed, does not understand,
 * or refuses a decision.
 */
export async function askRepairs(
  { client, stage, name }: Deployment,
  query: RemediationsQuery,
): Promise<RemediationsAnswer> {
  const functionName = `lamplighter-remediation-${stage}-query-remediations`;
  const asked = { functionName, service: 'remediation', place: name };
  const answer = RemediationsAnswer.parse(await invokeQuery(client, asked, query));
  if (answer.kind === 'invalid-query')
    throw new InputError('usage', `${functionName} does not understand: ${answer.reason}`, 'Ask with --help.');
  if (answer.kind === 'refused') throw new InputError('refused', answer.reason, 'See lamplighter repairs.');
  return answer;
}
