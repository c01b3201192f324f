import { ForecastsAnswer } from '@lamplighter/contracts';
import type { RunsOn } from '@lamplighter/pricing';
import type { FunctionPlace } from '../audit/source/audit-source.ts';
import { answerOf } from '../deployment/answer-of.ts';
import type { Deployment } from '../deployment/with-deployment.ts';
import { QUERY_FORECASTS } from '../forecast/ask-forecasts.ts';
import { InputError } from '../input-error.ts';

/** What a function of a deployment runs on, as the prediction service has it from Lambda. Nothing where that may not be asked, is not deployed, or does not know. */
export async function runsOn(deployment: Deployment, of: FunctionPlace): Promise<RunsOn> {
  const answer = await answerOf(deployment, QUERY_FORECASTS, { kind: 'costs', ...of }, ForecastsAnswer).catch(unknown);
  const its =
    answer?.kind === 'costs' ? answer.costs.find(({ resource }) => resource.name === of.functionName) : undefined;
  return { architecture: its?.architecture, architectureSince: its?.architectureSince };
}

/** A price is told beside something else, which does not fail with it. */
function unknown(error: unknown): undefined {
  if (!(error instanceof InputError)) throw error;
}
