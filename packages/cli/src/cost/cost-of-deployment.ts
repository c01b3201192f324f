import { ForecastsAnswer } from '@lamplighter/contracts';
import type { Deployment } from '../audit/audit-place.ts';
import { invokeQuery } from '../audit/invoke-query.ts';
import type { CostReport } from './cost-report.ts';

/** What the prediction service of a deployment foresees. */
export async function costOfDeployment(
  { client, stage, name }: Deployment,
  functionName: string | undefined,
): Promise<CostReport> {
  const asked = {
    functionName: `lamplighter-prediction-${stage}-query-forecasts`,
    service: 'prediction',
    place: name,
  };
  const query = { kind: 'costs', ...(functionName !== undefined && { functionName }) };
  const answer = ForecastsAnswer.parse(await invokeQuery(client, asked, query));
  if (answer.kind !== 'costs')
    throw new Error(`${asked.functionName} did not answer costs: it answered ${answer.kind}`);
  return { costs: answer.costs, lamplighter: answer.lamplighter };
}
