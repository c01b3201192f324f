import type { Finding, RankedCause, Remediation } from '../../../packages/contracts/src/index.ts';
import type { InjectedFault } from '../story/told.ts';

/** What became of an injected fault. Times are milliseconds after its injection. */
export interface JudgedFault extends InjectedFault {
  readonly finding?: {
    readonly findingId: string;
    readonly class: Finding['class'];
    readonly title: string;
    readonly afterMs: number;
    /** The likeliest cause that it names, and whether it is the injected one. */
    readonly cause?: Pick<RankedCause, 'name' | 'share'>;
    readonly isCauseRight: boolean;
  };
  readonly repair?: {
    readonly remediationId: string;
    readonly title: string;
    readonly state: Remediation['state'];
    readonly appliedAfterMs?: number;
    readonly endedAfterMs?: number;
    readonly verification?: Remediation['verification'];
    readonly patch?: string;
  };
}

export interface Judgement {
  readonly faults: readonly JudgedFault[];
  /** Findings that ask for attention and are neither an injected fault nor of one's group: nothing was wrong there. */
  readonly falseAlarms: readonly Pick<Finding, 'findingId' | 'title' | 'class'>[];
  /** Advice: a better size, money that could be saved. */
  readonly advice: readonly Pick<Finding, 'findingId' | 'title' | 'class'>[];
}

/** A finding is of the minute in which its fault began, at the earliest. */
const MINUTE_MS = 60_000;

export interface Judged {
  readonly injected: readonly InjectedFault[];
  /** As they stand when the story is over. */
  readonly findings: readonly Finding[];
  readonly repairs: readonly Remediation[];
  /** When a finding was first heard of, by its id. */
  readonly toldAt: ReadonlyMap<string, number>;
}

/** Findings against the truth, each fault with the repair that its finding led to. Pure. */
export function judgeFaults(judged: Judged): Judgement {
  const { injected, findings } = judged;
  const faults = injected.map((fault) => judge(fault, judged));
  const groups = new Set(injected.flatMap((fault) => rightFindings(fault, findings)).map(({ groupKey }) => groupKey));
  const isAdvice = ({ severity }: Finding) => severity === 'info';
  return {
    faults,
    falseAlarms: findings.filter((one) => !isAdvice(one) && !groups.has(one.groupKey)).map(brief),
    advice: findings.filter(isAdvice).map(brief),
  };
}

const brief = ({ findingId, title, class: kind }: Finding) => ({ findingId, title, class: kind });

function judge(fault: InjectedFault, { findings, repairs, toldAt }: Judged): JudgedFault {
  const { injectedAt } = fault;
  const right = rightFindings(fault, findings);
  const repairOfFinding = (finding: Finding): Remediation | undefined => {
    const own = repairs.filter(({ findingId }) => findingId === finding.findingId);
    return own.find(({ state }) => state === 'kept') ?? own.sort((a, b) => b.plannedAt - a.plannedAt)[0];
  };
  // Errors are seen before their cause is: the finding that led to a repair says most.
  const finding = right.find((one) => repairOfFinding(one)?.state === 'kept') ?? right[0];
  if (finding === undefined) return fault;
  const repair = repairOfFinding(finding);
  const [cause] = finding.causes;
  // The story asks once a minute; a repair that was planned before knew of the finding before.
  const known = [...right.map(({ findingId, updatedAt }) => toldAt.get(findingId) ?? updatedAt), repair?.plannedAt];
  return {
    ...fault,
    finding: {
      ...brief(finding),
      afterMs: Math.min(...known.filter((at) => at !== undefined)) - injectedAt,
      ...(cause && { cause: { name: cause.name, ...(cause.share !== undefined && { share: cause.share }) } }),
      isCauseRight: cause?.name.includes(fault.cause) ?? false,
    },
    ...(repair && { repair: repairOf(repair, injectedAt) }),
  };
}

/** Findings of the fault's function and classes that opened with it or after it, the first first. */
const rightFindings = (fault: InjectedFault, findings: readonly Finding[]): readonly Finding[] =>
  findings
    .filter(({ resource, class: kind }) => resource.name === fault.functionName && fault.classes.includes(kind))
    .filter(({ openedAt }) => openedAt >= fault.injectedAt - MINUTE_MS)
    .sort((a, b) => a.openedAt - b.openedAt);

function repairOf(repair: Remediation, injectedAt: number): NonNullable<JudgedFault['repair']> {
  const { remediationId, title, state, appliedAt, endedAt, verification, patch } = repair;
  return {
    remediationId,
    title,
    state,
    ...(appliedAt !== undefined && { appliedAfterMs: appliedAt - injectedAt }),
    ...(endedAt !== undefined && { endedAfterMs: endedAt - injectedAt }),
    ...(verification && { verification }),
    ...(patch !== undefined && { patch }),
  };
}
