import type { Finding, WatchedFunction } from '@lamplighter/contracts';
import { assessFunction, groupFindings, newFunctionState, repeatedMessages } from '@lamplighter/diagnosis';
import { askFunctions, askInvocations } from '../audit/ask-audit.ts';
import { collectAll } from '../audit/collect-all.ts';
import type { AuditSource } from '../audit/source/audit-source.ts';
import { readWindows, type TimeRange } from './read-windows.ts';

/** The functions that a source knows, those of one name where it is given. */
export async function watchedFunctions(source: AuditSource, functionName?: string): Promise<WatchedFunction[]> {
  const all = await collectAll(askFunctions(source));
  return functionName === undefined ? all : all.filter((each) => each.functionName === functionName);
}

/** What the minutes of functions in a range tell: each finding in its newest revision, opened first, first. Withdrawn findings are left out. */
export async function assessSource(
  source: AuditSource,
  functions: readonly WatchedFunction[],
  range: TimeRange,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const each of functions) findings.push(...(await assessOne(source, each, range)));
  return groupFindings(findings).sort((a, b) => a.openedAt - b.openedAt || (a.findingId < b.findingId ? -1 : 1));
}

async function assessOne(source: AuditSource, watched: WatchedFunction, range: TimeRange): Promise<Finding[]> {
  const { functionName, accountId, region } = watched;
  const windows = await readWindows(source, watched, range);
  const calls = await collectAll(askInvocations(source, { functionName, accountId, region, ...range }));
  const { changes } = assessFunction(
    newFunctionState(),
    { windows: windows.map((figures) => ({ revision: 0, figures })), facts: repeatedMessages(calls) },
    { functionName, accountId, region },
  );
  const newest = new Map<string, Finding>();
  for (const { finding, isWithdrawn } of changes) {
    if (isWithdrawn) newest.delete(finding.findingId);
    else newest.set(finding.findingId, finding);
  }
  return [...newest.values()];
}
