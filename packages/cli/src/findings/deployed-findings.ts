import { type Finding, FindingsAnswer, type FindingsQuery, type FunctionChange } from '@lamplighter/contracts';
import { answerOf } from '../deployment/answer-of.ts';
import type { Deployment } from '../deployment/with-deployment.ts';
import { InputError } from '../input-error.ts';
import { formatMinute } from '../terminal/format-value.ts';

const QUERY_FINDINGS = { service: 'analysis', query: 'query-findings' } as const;
const PAGE = 200;
const MOST_OF_A_FUNCTION = 200;
/** Of more that are open the service answers the worst. */
const MOST_OPEN = 1_000;
/** Beyond these nobody reads a list. */
const MOST = 2_000;

export interface FindingsWanted {
  readonly functionName?: string;
  /** Epoch milliseconds: those that opened in the range, and those that opened before and are still open. */
  readonly since: number;
  /** No end where absent. */
  readonly until?: number;
}

/** What the deployed analysis service knows, by its query function: findings with all that it saw when they opened. */
export interface DeployedFindings {
  /** The finding of an id; undefined where there is none. */
  byId(findingId: string): Promise<Finding | undefined>;
  /** Those of a range, opened first, first: what is wrong now is in it, however long ago it began. */
  list(wanted: FindingsWanted): Promise<FindingsList>;
  /** What was changed at a function, oldest first; none where the service is of an older release, which knows of none. */
  changes(of: ChangesWanted): Promise<readonly FunctionChange[]>;
}

export type ChangesWanted = Omit<Extract<FindingsQuery, { kind: 'changes' }>, 'kind'>;

export interface FindingsList {
  readonly findings: readonly Finding[];
  /** Why there may be more than these, a sentence each; none where these are all. */
  readonly cuts: readonly string[];
}

/** The findings of a deployment; undefined where the analysis service is not deployed there, so that they have to be read from the audit. */
export async function deployedFindings(deployment: Deployment): Promise<DeployedFindings | undefined> {
  const ask: Ask = (query) => answerOf(deployment, QUERY_FINDINGS, query, FindingsAnswer);
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
    async changes(of) {
      const answer = await ask({ kind: 'changes', ...of });
      return answer.kind === 'changes' ? answer.changes : [];
    },
    async list({ functionName, since, until = Number.POSITIVE_INFINITY }) {
      const [open, told] = await Promise.all([
        stillOpen(ask, functionName),
        functionName === undefined ? recent(ask, since) : ofFunction(ask, functionName, since),
      ]);
      const opened = told.findings.filter(({ openedAt }) => openedAt >= since);
      const findings = [
        ...new Map([...open.findings, ...opened].map((finding) => [finding.findingId, finding])).values(),
      ]
        .filter(({ openedAt }) => openedAt < until)
        .sort((a, b) => a.openedAt - b.openedAt || (a.findingId < b.findingId ? -1 : 1));
      return { findings, cuts: [...open.cuts, ...told.cuts] };
    },
  };
}

type Ask = (query: FindingsQuery) => Promise<FindingsAnswer>;

async function stillOpen(ask: Ask, functionName: string | undefined): Promise<FindingsList> {
  const answer = await ask({ kind: 'open' });
  const open = answer.kind === 'findings' ? answer.findings : [];
  return {
    findings: functionName === undefined ? open : open.filter(({ resource }) => resource.name === functionName),
    cuts:
      open.length < MOST_OPEN
        ? []
        : [`Of those that are open the worst ${MOST_OPEN.toLocaleString('en-US')} were looked at.`],
  };
}

/** Newest first, until one opened before the range. */
async function recent(ask: Ask, since: number): Promise<FindingsList> {
  const findings: Finding[] = [];
  let cursor: string | undefined;
  do {
    const answer = await ask({ kind: 'recent', limit: PAGE, ...(cursor !== undefined && { cursor }) });
    if (answer.kind !== 'findings') throw new Error(`query-findings answered ${answer.kind} to a listing`);
    findings.push(...answer.findings);
    cursor = (findings.at(-1)?.openedAt ?? 0) < since ? undefined : answer.cursor;
  } while (cursor !== undefined && findings.length < MOST);
  return { findings, cuts: cursor === undefined ? [] : [cutAt(MOST, findings)] };
}

async function ofFunction(ask: Ask, functionName: string, since: number): Promise<FindingsList> {
  const answer = await ask({ kind: 'by-function', functionName, limit: MOST_OF_A_FUNCTION });
  const findings = answer.kind === 'findings' ? answer.findings : [];
  const isWhole = findings.length < MOST_OF_A_FUNCTION || (findings.at(-1)?.openedAt ?? 0) < since;
  return { findings, cuts: isWhole ? [] : [cutAt(MOST_OF_A_FUNCTION, findings)] };
}

const cutAt = (count: number, findings: readonly Finding[]): string =>
  `The newest ${count.toLocaleString('en-US')} were looked at, back to ${formatMinute(findings.at(-1)?.openedAt ?? 0)}: what opened and ended before that is not here.`;
