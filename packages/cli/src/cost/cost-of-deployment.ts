import { tellFunctions, unknownFunction } from '../audit/functions-there.ts';
import type { Deployment } from '../deployment/with-deployment.ts';
import { askForecasts } from '../forecast/ask-forecasts.ts';
import type { CostReport } from './cost-report.ts';

/** What the prediction service of a deployment foresees. Throws `InputError` `unknown-function` where it knows no cost of the function that is named, but of others. */
export async function costOfDeployment(deployment: Deployment, functionName: string | undefined): Promise<CostReport> {
  const scope = functionName === undefined ? {} : { functionName };
  const { costs, lamplighter } = await askForecasts(deployment, { kind: 'costs', ...scope });
  if (functionName !== undefined && costs.length === 0) await nameOthers(deployment, functionName);
  return { costs, lamplighter, pricedAs: 'configured' };
}

async function nameOthers(deployment: Deployment, functionName: string): Promise<void> {
  const { costs } = await askForecasts(deployment, { kind: 'costs' });
  const names = costs.flatMap(({ resource }) => (resource.type === 'lambda-function' ? [resource.name] : []));
  if (names.length > 0) throw unknownFunction(functionName, deployment.name, tellFunctions(names));
}
