import type { Finding, FunctionChange, InvocationSummary, Remediation } from '@lamplighter/contracts';
import type { Deployment } from '../deployment/with-deployment.ts';
import { deployedFindings } from '../findings/deployed-findings.ts';
import { toldChanges } from '../findings/told-changes.ts';
import { repairsOf } from '../repairs/ask-repairs.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What is known around a request beside its own story. */
export interface Around {
  /** Epoch milliseconds: when the request began; absent where that is not known. */
  readonly startedAt?: number;
  readonly findings: readonly FindingAround[];
  /** Deploys and changed settings of its function, an hour before it and after, oldest first. */
  readonly changes: readonly FunctionChange[];
}

/** A finding that a request belongs to, and what was done about it. */
export interface FindingAround {
  readonly finding: Finding;
  /** Whether its evidence names the request; else it was open while the request ran. */
  readonly isNamed: boolean;
  readonly repairs: readonly Remediation[];
}

const NOTHING: Around = { findings: [], changes: [] };
const HOUR_MS = 3_600_000;
const ALWAYS = { since: 0, until: Number.MAX_SAFE_INTEGER };

/** What was found of a request's function when it ran, and done about it, opened first, first, and what was changed, where it can be told, else why not in a line; nothing where the analysis service is not deployed. */
export async function aroundRequest(
  deployment: Deployment,
  { requestId, functionName, startedAt, accountId, region }: InvocationSummary,
  terminal: Pick<Terminal, 'err'>,
): Promise<Around> {
  const deployed = functionName === undefined ? undefined : await deployedFindings(deployment);
  if (deployed === undefined || functionName === undefined) return NOTHING;
  const near = startedAt === undefined ? undefined : { since: startedAt - HOUR_MS, until: startedAt + HOUR_MS };
  const [{ findings }, changes] = await Promise.all([
    deployed.list({ functionName, ...ALWAYS }),
    near === undefined ? [] : toldChanges(deployed.changes({ functionName, accountId, region, ...near }), terminal),
  ]);
  const own = findings
    .map((finding) => ({ finding, isNamed: names(finding, requestId) }))
    .filter(({ finding, isNamed }) => isNamed || (startedAt !== undefined && isOpenAt(finding, startedAt)));
  const withRepairs = own.map(async (one) => ({ ...one, repairs: await repairsOf(deployment, one.finding.findingId) }));
  return { findings: await Promise.all(withRepairs), changes, ...(startedAt !== undefined && { startedAt }) };
}

const names = ({ evidence, causes }: Finding, requestId: string): boolean =>
  [...evidence, ...causes.flatMap((cause) => cause.evidence)].some(({ requestIds }) => requestIds?.includes(requestId));

const isOpenAt = ({ openedAt, resolvedAt }: Finding, at: number): boolean =>
  openedAt <= at && at < (resolvedAt ?? Number.POSITIVE_INFINITY);
