import {
  type Excess,
  findExcessErrors,
  findExcessTime,
  type MeasuredTimes,
  normalRequests,
} from '../measures/excess.ts';
import { findLevel } from '../measures/level.ts';
import type { Measures, NodeRecord, ValuesByTime } from '../measures/node-record.ts';
import type { Periods } from '../measures/periods.ts';

/** A metric that is neither requests, errors nor latency, at its farthest from normal. */
export interface GaugeMove {
  readonly metric: string;
  readonly normal: number;
  readonly observed: number;
  readonly deviations: number;
  readonly since: number;
}

/** All that is known of a node's behaviour since the onset, against its normal. */
export interface ObservedNode {
  readonly time: readonly Excess[];
  readonly errors: readonly Excess[];
  readonly gauges: readonly GaugeMove[];
  /** A period. */
  readonly normalRequests: number;
  readonly observedRequests: number;
  /** It was measured in nearly every period, and in none since the onset. */
  readonly isSilent: boolean;
  /** It has requests since the onset, and was never called before. */
  readonly isNew: boolean;
}

const USUALLY_MEASURED = 0.9;

/** A node's moves; without any record it is a node of which nothing is known: never new, never silent. */
export function observeNode(
  periods: Periods,
  record: NodeRecord | undefined,
  reference: NodeRecord | undefined,
): ObservedNode {
  const times: MeasuredTimes = {
    before: read(record, periods.before),
    since: read(record, periods.since),
    reference: read(reference, reference?.timestamps ?? []),
  };
  const normal = [...times.before, ...times.reference];
  const presence = normal.filter(isActive).length / Math.max(1, normal.length);
  const isActiveNow = times.since.some(isActive);
  return {
    time: findExcessTime(times),
    errors: findExcessErrors(times),
    gauges: moveGauges(periods, record, reference),
    normalRequests: normalRequests(times),
    observedRequests: times.since.reduce((sum, { requests }) => sum + (requests ?? 0), 0) / times.since.length,
    isSilent: presence >= USUALLY_MEASURED && !isActiveNow,
    isNew: isActiveNow && presence === 0,
  };
}

function read(record: NodeRecord | undefined, timestamps: readonly number[]): readonly Measures[] {
  return timestamps.map((timestamp) => record?.at(timestamp) ?? { requests: null, errors: null, latencyMs: null });
}

function isActive({ requests, latencyMs }: Measures): boolean {
  return requests === null ? latencyMs !== null : requests > 0;
}

function moveGauges(periods: Periods, record?: NodeRecord, reference?: NodeRecord): readonly GaugeMove[] {
  return [...(record?.gauges ?? [])].flatMap(([metric, values]) => {
    const before = pick(values, periods.before);
    const usual = findLevel(before, [...(reference?.gauges.get(metric)?.values() ?? [])]);
    const seen = periods.since.flatMap((start) => pick(values, [start]).map((value) => ({ start, value })));
    if (usual === undefined || seen.length === 0) return [];
    const far = seen.map(({ start, value }) => ({ start, value, by: Math.abs(value - usual.level) / usual.spread }));
    const peak = far.reduce((most, each) => (each.by > most.by ? each : most));
    const first = far.find(({ by }) => by >= peak.by / 2) ?? peak;
    return [{ metric, normal: usual.level, observed: peak.value, deviations: peak.by, since: first.start }];
  });
}

function pick(values: ValuesByTime, timestamps: readonly number[]): readonly number[] {
  return timestamps.flatMap((timestamp) => values.get(timestamp) ?? []);
}
