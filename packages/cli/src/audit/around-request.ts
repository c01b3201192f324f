import type { Finding, InvocationSummary, Remediation } from '@lamplighter/contracts';
import type { Deployment } from '../deployment/with-deployment.ts';
import { deployedFindings } from '../findings/deployed-findings.ts';
import { repairsOf } from '../repairs/ask-repairs.ts';

/** A finding that a request belongs to, and what was done about it. */
export interface AroundRequest {
  readonly finding: Finding;
  /** Whether its evidence names the request; else it was open while the request ran. */
  readonly isNamed: boolean;
  readonly repairs: readonly Remediation[];
}

const ALWAYS = { since: 0, until: Number.MAX_SAFE_INTEGER };

/** What was found of a request's function when it ran, and done about it, opened first, first; nothing where the analysis service is not deployed. */
export async function aroundRequest(
  deployment: Deployment,
  { requestId, functionName, startedAt }: InvocationSummary,
): Promise<AroundRequest[]> {
  const deployed = functionName === undefined ? undefined : await deployedFindings(deployment);
  if (deployed === undefined || functionName === undefined) return [];
  const { findings } = await deployed.list({ functionName, ...ALWAYS });
  const own = findings
    .map((finding) => ({ finding, isNamed: names(finding, requestId) }))
    .filter(({ finding, isNamed }) => isNamed || (startedAt !== undefined && isOpenAt(finding, startedAt)));
  return Promise.all(own.map(async (one) => ({ ...one, repairs: await repairsOf(deployment, one.finding.findingId) })));
}

const names = ({ evidence, causes }: Finding, requestId: string): boolean =>
  [...evidence, ...causes.flatMap((cause) => cause.evidence)].some(({ requestIds }) => requestIds?.includes(requestId));

const isOpenAt = ({ openedAt, resolvedAt }: Finding, at: number): boolean =>
  openedAt <= at && at < (resolvedAt ?? Number.POSITIVE_INFINITY);
