import type { Finding, FunctionChange } from '@lamplighter/contracts';
import { aroundFinding } from '@lamplighter/diagnosis';
import type { Deployment } from '../deployment/with-deployment.ts';
import { deployedFindings } from './deployed-findings.ts';

/** What was changed at a finding's function while it was open, and shortly before, oldest first; none where the analysis service is not deployed. */
export async function changesAround(deployment: Deployment, finding: Finding): Promise<readonly FunctionChange[]> {
  const { type, name: functionName, accountId, region } = finding.resource;
  const deployed = type === 'lambda-function' ? await deployedFindings(deployment) : undefined;
  return deployed === undefined ? [] : deployed.changes({ functionName, accountId, region, ...aroundFinding(finding) });
}
