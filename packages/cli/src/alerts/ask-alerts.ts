import { AlertsAnswer, type AlertsQuery } from '@lamplighter/contracts';
import { answerOf, notUnderstood } from '../deployment/answer-of.ts';
import type { Deployment } from '../deployment/with-deployment.ts';

const QUERY_ALERTS = { service: 'alerting', query: 'query-alerts' } as const;

/** Asks the query function of a deployed alerting service. Throws an `InputError` where it cannot be reached or is not deployed, or refuses the question. */
export async function askAlerts(deployment: Deployment, query: AlertsQuery): Promise<AlertsAnswer> {
  const answer = await answerOf(deployment, QUERY_ALERTS, query, AlertsAnswer);
  if (answer.kind !== 'invalid-query') return answer;
  throw notUnderstood(deployment, QUERY_ALERTS, answer.reason);
}
