import type { CapacityForecast, ForecastScores, ResourceForecast } from '@lamplighter/contracts';
import type { Deployment } from '../deployment/with-deployment.ts';
import { formatCount } from '../terminal/format-value.ts';
import type { Progress } from '../terminal/progress.ts';
import { askForecasts } from './ask-forecasts.ts';
import { everyPage } from './every-page.ts';

/** What a deployment foresees, and how good its forecasts were. */
export interface Foreseen {
  readonly forecasts: readonly ResourceForecast[];
  readonly resources: readonly CapacityForecast[];
  readonly scores: readonly ForecastScores[];
}

/** Asks the prediction service of a deployment, page by page; of one function where one is named, of everything else too where none is. */
export async function foreseenOfDeployment(
  deployment: Deployment,
  functionName: string | undefined,
  progress: Pick<Progress, 'update'>,
): Promise<Foreseen> {
  const scope = functionName === undefined ? {} : { functionName };
  const reading = (what: string) => (pages: number) =>
    progress.update(`reading ${what}, ${formatCount(pages, 'page')} so far`);
  const forecasts = await everyPage(
    (cursor) => askForecasts(deployment, { kind: 'forecasts', ...scope, cursor }),
    reading('forecasts'),
  );
  const scores = await everyPage(
    (cursor) => askForecasts(deployment, { kind: 'scores', ...scope, cursor }),
    reading('scores'),
  );
  const capacity = functionName === undefined ? await askForecasts(deployment, { kind: 'capacity' }) : undefined;
  return {
    forecasts: forecasts.flatMap((page) => page.forecasts),
    scores: scores.flatMap((page) => page.scores),
    resources: capacity?.resources ?? [],
  };
}
