import { ForecastsAnswer, type ForecastsQuery } from '@lamplighter/contracts';
import { answerOf, notUnderstood } from '../deployment/answer-of.ts';
import type { Deployment } from '../deployment/with-deployment.ts';

export const QUERY_FORECASTS = { service: 'prediction', query: 'query-forecasts' } as const;

/** Asks the query function of a deployed prediction service, which answers every question in its own kind. */
export async function askForecasts<Kind extends ForecastsQuery['kind'] & ForecastsAnswer['kind']>(
  deployment: Deployment,
  query: ForecastsQuery & { readonly kind: Kind },
): Promise<Extract<ForecastsAnswer, { kind: Kind }>> {
  const answer = await answerOf(deployment, QUERY_FORECASTS, query, ForecastsAnswer);
  if (answer.kind === query.kind) return answer as Extract<ForecastsAnswer, { kind: Kind }>;
  const reason = answer.kind === 'invalid-query' ? answer.reason : `it answered ${answer.kind} to ${query.kind}.`;
  throw notUnderstood(deployment, QUERY_FORECASTS, reason);
}
