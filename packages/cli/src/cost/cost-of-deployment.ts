import type { Deployment } from '../deployment/with-deployment.ts';
import { askForecasts } from '../forecast/ask-forecasts.ts';
import type { CostReport } from './cost-report.ts';

/** What the prediction service of a deployment foresees. */
export async function costOfDeployment(deployment: Deployment, functionName: string | undefined): Promise<CostReport> {
  const scope = functionName === undefined ? {} : { functionName };
  const { costs, lamplighter } = await askForecasts(deployment, { kind: 'costs', ...scope });
  return { costs, lamplighter };
}
