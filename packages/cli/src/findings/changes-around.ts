import type { Finding, FunctionChange } from '@lamplighter/contracts';
import { aroundFinding } from '@lamplighter/diagnosis';
import type { Deployment } from '../deployment/with-deployment.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { deployedFindings } from './deployed-findings.ts';
import { toldChanges } from './told-changes.ts';

/** What was changed at a finding's function while it was open, and shortly before, oldest first; none where the analysis service is not deployed, or cannot tell, which is said. */
export function changesAround(
  deployment: Deployment,
  finding: Finding,
  terminal: Pick<Terminal, 'err'>,
): Promise<readonly FunctionChange[]> {
  return toldChanges(askChanges(deployment, finding), terminal);
}

async function askChanges(deployment: Deployment, finding: Finding): Promise<readonly FunctionChange[]> {
  const { type, name: functionName, accountId, region } = finding.resource;
  const deployed = type === 'lambda-function' ? await deployedFindings(deployment) : undefined;
  return deployed === undefined ? [] : deployed.changes({ functionName, accountId, region, ...aroundFinding(finding) });
}
