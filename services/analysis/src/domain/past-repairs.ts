import type { Finding, FindingClass, Remediation } from '@lamplighter/contracts';
import { cutText } from '@lamplighter/contracts/cut-text';

/** A repair of a function that came to its end, as later findings tell of it. */
export interface PastRepair {
  readonly remediationId: string;
  readonly findingClass: FindingClass;
  readonly title: string;
  readonly outcome: 'kept' | 'rolled-back';
  /** Epoch milliseconds. */
  readonly endedAt: number;
  /** What was measured before and after, where it was verified. */
  readonly verification?: Remediation['verification'];
}

/** Of a class this many are kept, the newest: who has been here before twice needs no list. */
const MOST_OF_A_CLASS = 3;
const MOST_CHARACTERS = 200;

/** A repair that was kept or undone; undefined for one that is under way, never began, is not of a function, or had its time after it was kept: how it did is known. */
export function pastRepairOf(remediation: Remediation): PastRepair | undefined {
  const { state, remediationId, findingClass, title, endedAt, updatedAt, verification, withdrawn } = remediation;
  if (withdrawn !== undefined) return undefined;
  if (remediation.resource.type !== 'lambda-function' || (state !== 'kept' && state !== 'rolled-back'))
    return undefined;
  return {
    remediationId: remediationId.slice(0, MOST_CHARACTERS),
    findingClass,
    title: cutText(title, MOST_CHARACTERS),
    outcome: state,
    endedAt: endedAt ?? updatedAt,
    ...(verification !== undefined && { verification }),
  };
}

/** What is known of repairs with more of them: each once, in any order of arrival the same. */
export function rememberRepairs(known: readonly PastRepair[], news: readonly PastRepair[]): readonly PastRepair[] {
  if (news.length === 0) return known;
  const byId = new Map<string, PastRepair>();
  for (const each of [...known, ...news]) {
    const other = byId.get(each.remediationId);
    if (other === undefined || JSON.stringify(each) > JSON.stringify(other)) byId.set(each.remediationId, each);
  }
  const newestFirst = [...byId.values()].sort(
    (a, b) => b.endedAt - a.endedAt || (a.remediationId < b.remediationId ? -1 : 1),
  );
  const ofClass = Map.groupBy(newestFirst, ({ findingClass }) => findingClass);
  return [...ofClass.values()].flatMap((each) => each.slice(0, MOST_OF_A_CLASS));
}

/** The finding with what was done the last times something of its class befell its function. */
export function withPastRepairs(finding: Finding, repairs: readonly PastRepair[]): Finding {
  const lines = repairs
    .filter((each) => each.findingClass === finding.class && each.endedAt < finding.openedAt)
    .sort((a, b) => b.endedAt - a.endedAt)
    .map((each) => ({ text: lineOf(each) }));
  return lines.length === 0 ? finding : { ...finding, lookAt: [...lines, ...finding.lookAt] };
}

function lineOf({ title, outcome, endedAt, verification }: PastRepair): string {
  const when = new Date(endedAt).toISOString().slice(0, 10);
  const end = outcome === 'kept' ? 'it helped and was kept' : 'it did not help and was undone';
  const figures =
    verification === undefined
      ? ''
      : ` (${verification.metric} ${figure(verification.before)} → ${figure(verification.after)} ${verification.unit})`;
  return `What was done on ${when}: ${title}; ${end}${figures}.`;
}

const figure = (value: number): string => String(Number(value.toPrecision(3)));
