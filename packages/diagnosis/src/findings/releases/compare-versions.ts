import type { Core, VersionRecord } from '../../assess/core.ts';
import { twoProportionSurprise } from '../../statistics/count-surprise.ts';
import type { Histogram } from '../../statistics/histogram.ts';
import type { VersionObservation } from '../../windows/observation.ts';
import type { Judgement } from '../rule.ts';
import { blame } from './blame-version.ts';

/** A version is new for so long; what goes wrong later has another cause. One that is blamed already is compared until that is over. */
const NEW_FOR_MS = 3_600_000;
/** Fewer calls of a version say nothing. */
export const LEAST_CALLS = 10;

/** Before and after a deploy: the old version (or the function before the deploy) and the new one. */
export interface Comparison {
  readonly version: string;
  readonly since: number;
  readonly before: Side;
  readonly after: Side;
  /** Durations of the last calls of the old version: what was slow before the deploy is not slow for it. */
  readonly justBefore?: Histogram;
}

interface Side {
  readonly calls: number;
  readonly failures: number;
  readonly durations: Histogram;
  /** How long environments took to start, ms. */
  readonly inits: Histogram;
}

/** The newest version against the one before it; undefined where there is no new one. */
export function compareVersions({ core, seen }: Judgement): Comparison | undefined {
  const now = seen.versions ?? [];
  const known = core.versions;
  const newest = newVersion(core, now, seen.start);
  if (newest === undefined) return undefined;
  const old = known.filter(({ version }) => version !== newest.version).sort((a, b) => b.calls - a.calls)[0];
  const beside = now.filter(({ version }) => version !== newest.version);
  if (old === undefined) return undefined;
  const oldNow = beside.find(({ version }) => version === old.version);
  const record = known.find(({ version }) => version === newest.version);
  const after: Side = merge(record, newest);
  const isOldSick = oldNow !== undefined && isSick(old, oldNow);
  const { inits = [] } = old;
  const before: Side = isOldSick ? { ...oldNow, durations: oldNow.histogram, inits } : { ...old, inits };
  const justBefore = isOldSick || old.last === undefined ? {} : { justBefore: old.last };
  return { version: newest.version, since: record?.firstAt ?? seen.start, before, after, ...justBefore };
}

/** The old version fails more than it used to in the very minutes: then something else is wrong, and only these minutes are a fair measure. */
const isSick = (old: VersionRecord, now: { readonly calls: number; readonly failures: number }): boolean =>
  now.calls >= LEAST_CALLS &&
  twoProportionSurprise({ events: old.failures, trials: old.calls }, { events: now.failures, trials: now.calls }) > 4;

function newVersion({ versions: known, incidents }: Core, now: readonly VersionObservation[], start: number) {
  return now
    .filter(({ version, calls }) => {
      const record = known.find((each) => each.version === version);
      return (
        calls > 0 &&
        known.length > 0 &&
        (record === undefined
          ? known.every((each) => each.version !== version)
          : known[0]?.version !== version && (start - record.firstAt <= NEW_FOR_MS || isBlamed(version, incidents)))
      );
    })
    .sort((a, b) => b.calls - a.calls)[0];
}

const isBlamed = (version: string, incidents: Core['incidents']): boolean =>
  incidents.some(
    ({ class: type, resolvedAt, cause }) =>
      type === 'bad-deploy' && resolvedAt === undefined && cause === blame({ version, since: 0 }).cause,
  );

function merge(
  record: VersionRecord | undefined,
  now: { calls: number; failures: number; histogram: Histogram; inits?: Histogram },
): Side {
  const durations = [...(record?.durations ?? []), ...now.histogram];
  const inits = [...(record?.inits ?? []), ...(now.inits ?? [])];
  const [calls, failures] = [(record?.calls ?? 0) + now.calls, (record?.failures ?? 0) + now.failures];
  return { calls, failures, durations, inits };
}
