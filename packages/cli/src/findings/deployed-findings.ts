import type { LambdaClient } from '@aws-sdk/client-lambda';
import { type Finding, FindingsAnswer, type FindingsQuery } from '@lamplighter/contracts';
import type { Deployment } from '../audit/audit-place.ts';
import { invokeQuery } from '../audit/invoke-query.ts';
import { InputError } from '../input-error.ts';

const PAGE = 200;
const MOST_OF_A_FUNCTION = 200;
/** Beyond these nobody reads a list. */
const MOST = 2_000;

export interface FindingsWanted {
  readonly functionName?: string;
  /** Epoch milliseconds: those that opened in the range. */
  readonly since: number;
  readonly until: number;
}

/** What the deployed analysis service knows, by its query function: findings with all that it saw when they opened. */
export interface DeployedFindings {
  /** The finding of an id; undefined where there is none. */
  byId(findingId: string): Promise<Finding | undefined>;
  /** Those that opened in a range, opened first, first. */
  list(wanted: FindingsWanted): Promise<Finding[]>;
}

/** The findings of a deployment; undefined where the analysis service is not deployed there, so that they have to be read from the audit. */
export async function deployedFindings({ client, stage, name }: Deployment): Promise<DeployedFindings | undefined> {
  const ask = asking(client, stage, name);
  const isDeployed = await ask({ kind: 'by-id', findingId: 'is anybody there?' }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof InputError && error.code === 'unknown-stage') return false;
      throw error;
    },
  );
  if (!isDeployed) return undefined;
  return {
    async byId(findingId) {
      if (findingId.length > 500) return undefined;
      const answer = await ask({ kind: 'by-id', findingId });
      return answer.kind === 'finding' ? answer.finding : undefined;
    },
    async list({ functionName, since, until }) {
      const all = functionName === undefined ? await recent(ask, since) : await ofFunction(ask, functionName);
      return all
        .filter(({ openedAt }) => openedAt >= since && openedAt < until)
        .sort((a, b) => a.openedAt - b.openedAt || (a.findingId < b.findingId ? -1 : 1));
    },
  };
}

type Ask = (query: FindingsQuery) => Promise<FindingsAnswer>;

function asking(client: LambdaClient, stage: string, place: string): Ask {
  const functionName = `lamplighter-analysis-${stage}-query-findings`;
  return async (query) =>
    FindingsAnswer.parse(await invokeQuery(client, { functionName, service: 'analysis', place }, query));
}

/** Newest first, until one opened before the range. */
async function recent(ask: Ask, since: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  let cursor: string | undefined;
  do {
    const answer = await ask({ kind: 'recent', limit: PAGE, ...(cursor !== undefined && { cursor }) });
    if (answer.kind !== 'findings') throw new Error(`query-findings answered ${answer.kind} to a listing`);
    findings.push(...answer.findings);
    cursor = (findings.at(-1)?.openedAt ?? 0) < since ? undefined : answer.cursor;
  } while (cursor !== undefined && findings.length < MOST);
  return findings;
}

async function ofFunction(ask: Ask, functionName: string): Promise<Finding[]> {
  const answer = await ask({ kind: 'by-function', functionName, limit: MOST_OF_A_FUNCTION });
  return answer.kind === 'findings' ? answer.findings : [];
}
