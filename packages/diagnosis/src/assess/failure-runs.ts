import type { FindingClass } from '@lamplighter/contracts';
import type { Observation } from '../windows/observation.ts';
import { type Baseline, type FailureKind, type Share, usualShare } from './baseline.ts';

/** Requests that failed one after the other, with no call among them that ended well. */
export interface FailureRun {
  readonly since: number;
  /** Lambda tries an asynchronous request three times: its tries are one of them. */
  readonly requests: number;
  /** What was usual before the run: while it lasts, its own failures are learnt. */
  readonly before: Share;
  /** Of the last minutes of the run, as far as they are known. */
  readonly ids: readonly string[];
}

export type FailureRuns = Readonly<Partial<Record<FailureKind, FailureRun>>>;

/** What each class of finding counts. */
export const KIND_OF: Readonly<Partial<Record<FindingClass, FailureKind>>> = {
  'error-burst': 'errors',
  timeouts: 'timeouts',
  'out-of-memory': 'outOfMemory',
  'init-failures': 'initErrors',
};
const KINDS: readonly FailureKind[] = ['errors', 'timeouts', 'outOfMemory', 'initErrors'];
const MOST_IDS = 6;
const MOST_REQUESTS = 1e6;
/** One of one is no outage, and two of two are not. */
export const LEAST_RUN = 3;
/** Of what fails more often than not every second run is long. */
const MOST_USUAL = 0.6;

/**
 * The runs of failures after a window, of each kind. A window in which no call ended well adds its failures, one with a call that did ends every run; the time between
 * calls does not count, so that a function of one call an hour has the same runs as one of a call a minute.
 */
export function rememberRuns(runs: FailureRuns, seen: Observation, { failures }: Baseline): FailureRuns {
  if (KINDS.reduce((sum, kind) => sum + seen[kind], 0) < seen.calls) return {};
  const ids = idsIn(seen);
  const longer = KINDS.filter((kind) => seen[kind] > 0 || runs[kind] !== undefined).map((kind) => {
    const known = runs[kind] ?? { since: seen.start, requests: 0, before: failures[kind], ids: [] };
    const repeated = ids.filter((id) => known.ids.includes(id)).length;
    const requests = Math.min(MOST_REQUESTS, known.requests + Math.max(0, seen[kind] - repeated));
    return [kind, { ...known, requests, ids: [...new Set([...known.ids, ...ids])].slice(-MOST_IDS) }] as const;
  });
  return Object.fromEntries(longer);
}

/** Which requests a minute's calls were of: all, where there were three at most. */
const idsIn = ({ slowest, timedOut, outOfMemoryIds, fingerprints = [] }: Observation): string[] => [
  ...new Set([...slowest, ...timedOut, ...outOfMemoryIds, ...fingerprints.flatMap(({ requestIds }) => requestIds)]),
];

/** The run of all kinds: a function whose every call fails does so whether it fails by an error or by its timeout. Undefined where the last call ended well. */
export function wholeRun(runs: FailureRuns = {}): FailureRun | undefined {
  const each = Object.values(runs);
  if (each.length === 0) return undefined;
  return {
    since: Math.min(...each.map(({ since }) => since)),
    requests: each.reduce((sum, { requests }) => sum + requests, 0),
    before: [
      each.reduce((sum, { before: [events] }) => sum + events, 0),
      Math.max(...each.map(({ before: [, trials] }) => trials)),
    ],
    ids: [...new Set(each.flatMap(({ ids }) => ids))],
  };
}

/** So unlikely a run is told: e^-13.5 is about one in a million calls, and less than three failures of a function of which nothing else is known. */
export const LEAST_RUN_SURPRISE = 13.5;

/** How unlikely a run is at the share that was usual before it, -ln of a probability; 0 for a short one, and where most calls fail anyway. */
export function runSurprise({ requests, before }: FailureRun, floor: number): number {
  const usual = usualShare(before, floor);
  return requests < LEAST_RUN || usual > MOST_USUAL ? 0 : -requests * Math.log(usual);
}
