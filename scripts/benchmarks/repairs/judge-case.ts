import type { Remediation } from '../../../packages/contracts/src/index.ts';
import type { MinuteFigures } from '../../../packages/remedies/src/index.ts';
import type { HeardFinding } from '../faults/heard-findings.ts';
import { reachedByLuck } from './reached-by-luck.ts';

const MINUTE_MS = 60_000;
/** How far above what was usual is still inside the band: the margin of the repairs' own verdict. */
const MARGIN = 1.5;
const LEAST_SHARE = 0.005;
/** What has to hold: from a finding to its repair, and from there until the service is well. */
export const APPLIED_WITHIN_S = 15;
export const BACK_WITHIN_WINDOWS = 3;

/** What was seen of a fault, from its onset until it was lifted. */
export interface CaseRecord {
  readonly fault: string;
  /** Name of the function that is hit. */
  readonly functionName: string;
  /** Playbooks that are right for it; none where no change of configuration can be. */
  readonly right: readonly string[];
  readonly onset: number;
  readonly heard: readonly HeardFinding[];
  /** Planned since the onset, in any order. */
  readonly repairs: readonly Remediation[];
  /** Of the function: before the onset, and since. */
  readonly before: readonly MinuteFigures[];
  /** Milliseconds that this share of the calls before the onset took at most. */
  readonly usualCallMs: (share: number) => number;
  readonly since: readonly MinuteFigures[];
  /** What the resource itself says of the fault when all is over. */
  readonly truth: string;
  /** Why this playbook is right, or why none is. */
  readonly because: string;
}

export interface RepairRow {
  readonly fault: string;
  readonly function: string;
  readonly foundAs: string;
  /** Seconds from the onset until the finding was told. */
  readonly foundAfterS: number | '';
  readonly playbook: string;
  readonly change: string;
  /** Seconds from the finding until the change was made. */
  readonly appliedAfterS: number | '';
  readonly metric: string;
  readonly figureBefore: number | '';
  readonly figureAfter: number | '';
  readonly figureTarget: number | '';
  /** 95th percentile of the function's calls, ms: its band's upper edge, the worst minute before the repair, the median of the minutes after it. */
  readonly bandMs: number;
  readonly harmMs: number;
  readonly afterMs: number | '';
  /** Whole minutes after the repair until duration and failures were inside their bands; 1 is the first. */
  readonly backInWindow: number | '';
  readonly ended: string;
  /** Other repairs of the same fault, with how they ended. */
  readonly also: string;
  readonly truth: string;
  readonly because: string;
  /** Repaired by a right playbook within the limits; or, where none is right, found and left alone. */
  readonly isAsItHasToBe: boolean;
}

/** A fault's row: what was found, done and reached. Pure. */
export function judgeCase(record: CaseRecord): RepairRow {
  const { fault, functionName, right, onset, heard, since, truth, because } = record;
  const repairs = [...record.repairs].sort((a, b) => a.plannedAt - b.plannedAt);
  const ofRight = repairs.filter(({ playbook }) => right.includes(playbook));
  // Two findings may ask for one change: the second finds it made.
  const repair = ofRight.find(({ appliedAt }) => appliedAt !== undefined) ?? ofRight[0] ?? repairs[0];
  const found = findingOf(repair, functionName, heard);
  const band = bandOf(record);
  const appliedAt = repair?.appliedAt;
  const harmed = since.filter(({ start }) => start < (appliedAt ?? Number.POSITIVE_INFINITY));
  const after = appliedAt === undefined ? [] : fullMinutesAfter(since, appliedAt);
  const appliedAfterS = appliedAt === undefined || found === undefined ? '' : seconds(appliedAt - found.heardAt);
  const backInWindow = windowsUntilBack(after, band);
  const others = repairs.filter((one) => one !== repair);
  const isRepaired =
    repair !== undefined &&
    right.includes(repair.playbook) &&
    repair.state === 'kept' &&
    appliedAfterS !== '' &&
    appliedAfterS <= APPLIED_WITHIN_S &&
    backInWindow !== '' &&
    backInWindow <= BACK_WITHIN_WINDOWS;
  const isLeftAlone = found !== undefined && repairs.every((one) => one.appliedAt === undefined);
  return {
    fault,
    function: functionName,
    foundAs: found?.finding.class ?? '',
    foundAfterS: found === undefined ? '' : seconds(found.heardAt - onset),
    playbook: repair?.playbook ?? '',
    change: repair?.title ?? '',
    appliedAfterS,
    metric: repair?.verification?.metric ?? '',
    figureBefore: rounded(repair?.verification?.before),
    figureAfter: rounded(repair?.verification?.after),
    figureTarget: rounded(repair?.verification?.target),
    bandMs: Math.round(band.p95Ms),
    harmMs: Math.round(Math.max(0, ...harmed.map(({ p95Ms }) => p95Ms))),
    afterMs: after.length === 0 ? '' : Math.round(median(after.map(({ p95Ms }) => p95Ms))),
    backInWindow,
    ended: endOf(repair),
    also: others.map((one) => `${one.playbook}: ${endOf(one)}`).join(', '),
    truth,
    because,
    isAsItHasToBe: right.length > 0 ? isRepaired : isLeftAlone,
  };
}

/** The first telling of what the repair answers; of a fault that nothing answers, the first one of its function. */
const findingOf = (
  repair: Remediation | undefined,
  functionName: string,
  heard: readonly HeardFinding[],
): HeardFinding | undefined =>
  heard.find(({ change, finding }) =>
    repair === undefined
      ? change === 'opened' && finding.resource.name === functionName
      : finding.findingId === repair.findingId && (change !== 'resolved' || finding.state === 'resolved'),
  );

interface Band {
  readonly p95Ms: number;
  readonly failureShare: number;
}

/**
 * What good minutes reach: half as much again as the upper quartile of their p95, or what the p95 of so few calls reaches by luck, where that is more; of failures
 * the former.
 */
export function bandOf({ before, usualCallMs }: Pick<CaseRecord, 'before' | 'usualCallMs'>): Band {
  const spoken = before.filter(({ calls }) => calls > 0);
  const edge = (values: readonly number[]): number => quantile(values, 0.75) * MARGIN;
  const luck = spoken.length === 0 ? 0 : usualCallMs(reachedByLuck(median(spoken.map(({ calls }) => calls))));
  return {
    p95Ms: Math.max(edge(spoken.map(({ p95Ms }) => p95Ms)), luck),
    failureShare: Math.max(LEAST_SHARE, edge(spoken.map(({ failureShare }) => failureShare))),
  };
}

/** Minutes that began after an instant and had calls. */
export const fullMinutesAfter = (minutes: readonly MinuteFigures[], at: number): MinuteFigures[] =>
  minutes
    .filter(({ start, calls }) => start >= Math.ceil(at / MINUTE_MS) * MINUTE_MS && calls > 0)
    .sort((a, b) => a.start - b.start);

/** The first of two minutes in a row that are inside the band; empty where there are none. */
export function windowsUntilBack(after: readonly MinuteFigures[], band: Band): number | '' {
  const isInside = after.map(({ p95Ms, failureShare }) => p95Ms <= band.p95Ms && failureShare <= band.failureShare);
  const at = isInside.findIndex((inside, index) => inside && isInside[index + 1] === true);
  return at < 0 ? '' : at + 1;
}

function endOf(repair: Remediation | undefined): string {
  if (repair === undefined) return 'no playbook answers';
  const { state, refusals } = repair;
  return state === 'refused' ? `refused by ${refusals.map(({ rail }) => rail).join(', ')}` : state;
}

const seconds = (ms: number): number => Math.round(ms / 100) / 10;

const rounded = (value: number | undefined): number | '' => (value === undefined ? '' : Number(value.toPrecision(3)));

const median = (values: readonly number[]): number => quantile(values, 0.5);

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;
