import {
  type CapacityForecast,
  type ForecastScores,
  ForecastsAnswer,
  type ResourceForecast,
} from '@lamplighter/contracts';
import type { Deployment } from '../audit/audit-place.ts';
import { invokeQuery } from '../audit/invoke-query.ts';

/** What a deployment foresees, and how good its forecasts were. */
export interface Foreseen {
  readonly forecasts: readonly ResourceForecast[];
  readonly resources: readonly CapacityForecast[];
  readonly scores: readonly ForecastScores[];
}

/** Asks the prediction service of a deployment; of one function where one is named, of everything else too where none is. */
export async function foreseenOfDeployment(
  deployment: Deployment,
  functionName: string | undefined,
): Promise<Foreseen> {
  const scope = functionName === undefined ? {} : { functionName };
  const forecasts = await ask(deployment, { kind: 'forecasts', ...scope }, 'forecasts');
  const scores = await ask(deployment, { kind: 'scores', ...scope }, 'scores');
  const capacity = functionName === undefined ? await ask(deployment, { kind: 'capacity' }, 'capacity') : undefined;
  return { forecasts: forecasts.forecasts, scores: scores.scores, resources: capacity?.resources ?? [] };
}

async function ask<Kind extends ForecastsAnswer['kind']>(
  { client, stage, name }: Deployment,
  query: unknown,
  kind: Kind,
): Promise<Extract<ForecastsAnswer, { kind: Kind }>> {
  const functionName = `lamplighter-prediction-${stage}-query-forecasts`;
  const answer = ForecastsAnswer.parse(
    await invokeQuery(client, { functionName, service: 'prediction', place: name }, query),
  );
  if (answer.kind !== kind) throw new Error(`${functionName} did not answer ${kind}: it answered ${answer.kind}`);
  return answer as Extract<ForecastsAnswer, { kind: Kind }>;
}
