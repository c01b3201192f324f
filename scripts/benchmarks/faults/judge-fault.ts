import type { HeardFinding } from './heard-findings.ts';
import type { SampleFault } from './sample-faults.ts';

const MINUTE_MS = 60_000;

export interface FaultRow {
  readonly fault: string;
  readonly function: string;
  /** Class of the first finding that is right in class and function; empty where there is none. */
  readonly foundAs: string;
  /** Window after the onset, 1 is the first bad one, in which it was told; of creeping faults too. */
  readonly window: number | '';
  /** As the finding names it, once it named it rightly; empty where it never did. */
  readonly culprit: string;
  /** Window in which class, function and culprit stood right. */
  readonly namedInWindow: number | '';
  /** Other findings of the same fault: on its function, or with its culprit on another. */
  readonly also: string;
  /** Findings of other functions that the fault truly slows: they name the same dependency, and were told in its finding's group. */
  readonly symptoms: string;
  /** Findings that have nothing to do with it. */
  readonly falseFindings: string;
}

/** What was heard from a fault's onset on, until its function has recovered. */
export function judgeFault(
  fault: Pick<SampleFault, 'name' | 'target' | 'classes' | 'culprit' | 'dependency'>,
  onset: number,
  heard: readonly HeardFinding[],
  prefix: string,
): FaultRow {
  const functionName = prefix + fault.target;
  const told = heard.filter(({ change }) => change !== 'resolved');
  const isRight = ({ finding }: HeardFinding): boolean =>
    fault.classes.includes(finding.class) && finding.resource.name === functionName;
  const first = told.find(isRight);
  const named = told.find((each) => isRight(each) && culpritOf(each, fault.culprit) !== undefined);
  const windowOf = (each: HeardFinding | undefined): number | '' =>
    each === undefined ? '' : Math.max(1, Math.floor((each.at - onset) / MINUTE_MS));
  const others = told.filter((each) => each.change === 'opened' && each !== first);
  const belongs = (each: HeardFinding): boolean =>
    each.finding.resource.name === functionName ||
    (fault.culprit !== undefined && culpritOf(each, fault.culprit) !== undefined);
  const groups = new Set(told.filter(isRight).map(({ finding }) => finding.groupKey));
  const isSymptom = (each: HeardFinding): boolean =>
    fault.dependency !== undefined && groups.has(each.finding.groupKey) && calleeOf(each.finding) === fault.dependency;
  const list = (findings: readonly HeardFinding[]): string =>
    findings.map(({ finding }) => `${finding.class} (${finding.resource.name.slice(prefix.length)})`).join(', ');
  return {
    fault: fault.name,
    function: fault.target,
    foundAs: first?.finding.class ?? '',
    window: windowOf(first),
    culprit: named === undefined ? '' : (culpritOf(named, fault.culprit) ?? ''),
    namedInWindow: windowOf(named),
    also: list(others.filter(belongs)),
    symptoms: list(others.filter((each) => !belongs(each) && isSymptom(each))),
    falseFindings: list(others.filter((each) => !belongs(each) && !isSymptom(each))),
  };
}

const calleeOf = ({ causes: [cause] }: HeardFinding['finding']): string | undefined =>
  cause?.kind === 'dependency' ? cause.name.split(': ')[0] : undefined;

/** The name of the first cause, or what the explanation says, where it is the culprit's; the function's own where nothing else is to blame. */
function culpritOf({ finding }: HeardFinding, culprit: RegExp | undefined): string | undefined {
  if (culprit === undefined) return finding.resource.name;
  const [cause] = finding.causes;
  if (cause !== undefined && culprit.test(cause.name)) return cause.name;
  return culprit.exec(finding.explanation)?.[0];
}
