import { type FindingChange, groupFindings } from '@lamplighter/diagnosis';
import { withPastRepairs } from '../domain/past-repairs.ts';
import type { AdviserPort, FindingPort, StoredAssessment } from '../ports.ts';

export interface CompletionDeps {
  readonly findings: FindingPort;
  readonly adviser: AdviserPort;
}

/** As far apart as findings of one group may begin: groupFindings. */
const TOGETHER_MS = 900_000;

/**
 * What one function cannot know of its findings: which group they belong to, and what was done about the like of them. A finding joins a group when it opens and
 * stays in it, whatever becomes of the others.
 */
export async function completeChanges(
  changes: readonly FindingChange[],
  { groups, repairs }: StoredAssessment,
  { findings, adviser }: CompletionDeps,
): Promise<{ readonly changes: readonly FindingChange[]; readonly groups: StoredAssessment['groups'] }> {
  const fresh = changes.map(({ finding }) => finding).filter(({ findingId }) => groups[findingId] === undefined);
  if (changes.length === 0) return { changes, groups };
  const known = fresh.length === 0 ? groups : { ...groups, ...(await groupsOf(fresh, findings)) };
  const complete = changes.map(async (each): Promise<FindingChange> => {
    const groupKey = known[each.finding.findingId] ?? each.finding.groupKey;
    const finding = withPastRepairs({ ...each.finding, groupKey }, repairs);
    return { ...each, finding: each.change === 'opened' ? await adviser(finding) : finding };
  });
  return { changes: await Promise.all(complete), groups: known };
}

async function groupsOf(fresh: readonly FindingChange['finding'][], findings: FindingPort) {
  const since = Math.min(...fresh.map(({ openedAt }) => openedAt)) - TOGETHER_MS;
  const ids = new Set(fresh.map(({ findingId }) => findingId));
  const others = (await findings.open(since)).filter(({ findingId }) => !ids.has(findingId));
  const grouped = groupFindings([...others, ...fresh]).slice(others.length);
  return Object.fromEntries(grouped.map(({ findingId, groupKey }) => [findingId, groupKey]));
}
