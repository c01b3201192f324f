import type { CapacityForecast, ForecastScores, ResourceForecast } from '@lamplighter/contracts';
import type { Deployment } from '../deployment/with-deployment.ts';
import { askForecasts } from './ask-forecasts.ts';

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
  const forecasts = await askForecasts(deployment, { kind: 'forecasts', ...scope });
  const scores = await askForecasts(deployment, { kind: 'scores', ...scope });
  const capacity = functionName === undefined ? await askForecasts(deployment, { kind: 'capacity' }) : undefined;
  return { forecasts: forecasts.forecasts, scores: scores.scores, resources: capacity?.resources ?? [] };
}
