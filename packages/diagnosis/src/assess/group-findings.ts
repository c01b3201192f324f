import type { Finding } from '@lamplighter/contracts';
import { calleeOf } from '../findings/latency/traced-dependency.ts';

/** Findings of one cause begin within so much of each other. */
const TOGETHER_MS = 900_000;

/**
 * Puts findings of several functions that have one cause into one group: those that wait for the same dependency (the first cause's: a database, a
 * service, whatever is asked of it) and began within a quarter of an hour of the one before. Five functions that wait for one database are one flood, and one alert. The group's key is that of its
 * first finding. The findings come back in the order they were given.
 */
export function groupFindings(findings: readonly Finding[]): Finding[] {
  const ordered = [...findings].sort((a, b) => a.openedAt - b.openedAt || (a.findingId < b.findingId ? -1 : 1));
  const groups = new Map<string, { key: string; lastAt: number }>();
  const keys = new Map<string, string>();
  for (const finding of ordered) {
    const cause = sharedCauseOf(finding);
    if (cause === undefined) continue;
    const group = groups.get(cause);
    const isSame = group !== undefined && finding.openedAt - group.lastAt <= TOGETHER_MS;
    const key = isSame ? group.key : finding.groupKey;
    groups.set(cause, { key, lastAt: finding.openedAt });
    keys.set(finding.findingId, key);
  }
  return findings.map((finding) => ({ ...finding, groupKey: keys.get(finding.findingId) ?? finding.groupKey }));
}

/** What functions may have in common: an account's dependency. A function's own deploy, message or load is its own. */
function sharedCauseOf({ causes, resource }: Finding): string | undefined {
  const [first] = causes;
  if (first?.kind !== 'dependency' && first?.kind !== 'quota') return undefined;
  return `${resource.accountId}/${resource.region}/${first.kind}/${calleeOf(first.name)}`;
}
