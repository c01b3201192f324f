import { AlertsAnswer, type AlertsQuery } from '@lamplighter/contracts';
import type { Deployment } from '../audit/audit-place.ts';
import { invokeQuery } from '../audit/invoke-query.ts';
import { InputError } from '../input-error.ts';

/** Asks the query function of a deployed alerting service. Throws an `InputError` where it cannot be reached or is not deployed, or refuses the question. */
export async function askAlerts({ client, stage, name }: Deployment, query: AlertsQuery): Promise<AlertsAnswer> {
  const functionName = `lamplighter-alerting-${stage}-query-alerts`;
  const answer = AlertsAnswer.parse(
    await invokeQuery(client, { functionName, service: 'alerting', place: name }, query),
  );
  if (answer.kind === 'invalid-query')
    throw new InputError(
      'usage',
      `${functionName} does not understand: ${answer.reason}`,
      'See lamplighter alerts --help.',
    );
  return answer;
}
