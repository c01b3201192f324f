import { AlertsAnswer, type AlertsQuery } from '@lamplighter/contracts';
import { askService, functionNameOf } from '../deployment/ask-service.ts';
import type { Deployment } from '../deployment/with-deployment.ts';
import { InputError } from '../input-error.ts';

const QUERY_ALERTS = { service: 'alerting', query: 'query-alerts' } as const;

/** Asks the query function of a deployed alerting service. Throws an `InputError` where it cannot be reached or is not deployed, or refuses the question. */
export async function askAlerts(deployment: Deployment, query: AlertsQuery): Promise<AlertsAnswer> {
  const answer = AlertsAnswer.parse(await askService(deployment, QUERY_ALERTS, query));
  if (answer.kind !== 'invalid-query') return answer;
  throw new InputError(
    'usage',
    `${functionNameOf(deployment, QUERY_ALERTS)} does not understand: ${answer.reason}`,
    'See lamplighter alerts --help.',
  );
}
