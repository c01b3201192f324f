import { fade, withoutSlowest } from '../statistics/histogram.ts';
import { significant } from '../statistics/significant.ts';
import type { Fact } from '../windows/fact.ts';
import { failuresOf, type Observation, type VersionObservation } from '../windows/observation.ts';
import type { Core, KnownFingerprint, SizeRecord, VersionRecord } from './core.ts';
import { withinQuotas } from './fact-quotas.ts';
import type { Disturbed } from './learn.ts';

const HALF_HOUR_MS = 1_800_000;
const DAY_MS = 86_400_000;
const ALARM_MS = 7 * DAY_MS;
const MOST_VERSIONS = 3;
const MOST_FINGERPRINTS = 24;
const MOST_SIZES = 4;
const BUSY_MINUTE = 200;
const FORGET = 1 / 720;

/** Facts of the last half hour; alarms while they are in ALARM, a week at most: a change of which nobody told must not be believed for ever. So many of each kind. */
export function rememberFacts(known: readonly Fact[], news: readonly Fact[], now: number): Fact[] {
  const told = new Set(news.flatMap((fact) => (fact.kind === 'alarm' ? [fact.alarmName] : [])));
  const before = known.filter((fact) => fact.kind !== 'alarm' || !told.has(fact.alarmName));
  const isCurrent = (fact: Fact): boolean =>
    fact.kind === 'alarm' ? fact.state === 'ALARM' && now - fact.at <= ALARM_MS : now - fact.at <= HALF_HOUR_MS;
  return withinQuotas(newestOfMessages([...before, ...news]).filter(isCurrent));
}

/** Of each message the last telling: it counts its failures anew each minute, and must not crowd out what else is known. */
function newestOfMessages(facts: readonly Fact[]): Fact[] {
  const keyOf = (fact: Fact): string =>
    fact.kind === 'repeated-message' ? `${fact.source}:${fact.sequenceNumber}` : `${fact.kind}/${fact.id}/${fact.at}`;
  const last = new Map(facts.map((fact) => [keyOf(fact), fact]));
  return facts.filter((fact) => last.get(keyOf(fact)) === fact);
}

/** So many calls are the last ones of a version. */
const LAST_CALLS = 100;

/**
 * The versions of a minute, with the durations of their warm calls: as many as started an environment are taken for the slowest, and left out, since every deploy starts environments. A function that is not published has the version $LATEST before and after a deploy: there the deploy's time makes the version.
 * Where no versions are told, the whole minute is of one.
 */
export function versionsOf(seen: Observation, deployedAt: number | null): readonly VersionObservation[] {
  const told = seen.versions ?? [{ version: '$LATEST', calls: seen.calls, failures: failuresOf(seen), histogram: [] }];
  const whole = { histogram: seen.histogram, coldStarts: seen.coldStarts };
  const full = (told.length === 1 ? told.map((each) => ({ ...each, ...whole })) : told)
    .map((each) => (each.coldStarts === seen.coldStarts ? { ...each, inits: seen.inits ?? [] } : each))
    .map(warm);
  if (deployedAt === null) return full;
  const label = `$LATEST of ${new Date(deployedAt).toISOString().slice(0, 16)}Z`;
  return full.map((each) => (each.version === '$LATEST' ? { ...each, version: label } : each));
}

const warm = (each: VersionObservation): VersionObservation => ({
  ...each,
  histogram: withoutSlowest(each.histogram, each.coldStarts ?? 0),
});

/** Versions by their first minute; the three seen last. */
export function rememberVersions(
  known: readonly VersionRecord[],
  seen: readonly VersionObservation[],
  start: number,
): VersionRecord[] {
  const records = new Map(known.map((record) => [record.version, record]));
  for (const { version, calls, failures, histogram, inits = [] } of seen) {
    if (calls === 0) continue;
    const before = records.get(version);
    const weight = Math.min(1, BUSY_MINUTE / calls);
    records.set(version, {
      version,
      firstAt: before?.firstAt ?? start,
      lastAt: start,
      calls: faded(before?.calls ?? 0, calls * weight),
      failures: faded(before?.failures ?? 0, failures * weight),
      durations: fade(before?.durations ?? [], 1 - FORGET, histogram, weight),
      inits: fade(before?.inits ?? [], inits.length > 0 ? 1 - FORGET : 1, inits, weight),
      last: fade(before?.last ?? [], Math.exp(-calls / LAST_CALLS), histogram, weight),
    });
  }
  return [...records.values()]
    .filter(({ lastAt }) => start - lastAt <= 7 * DAY_MS)
    .sort((a, b) => b.lastAt - a.lastAt || b.firstAt - a.firstAt || (a.version < b.version ? -1 : 1))
    .slice(0, MOST_VERSIONS)
    .sort((a, b) => a.firstAt - b.firstAt || (a.version < b.version ? -1 : 1));
}

export function rememberFingerprints(known: readonly KnownFingerprint[], seen: Observation): KnownFingerprint[] {
  const byId = new Map(known.map((each) => [each.id, each]));
  for (const { id } of seen.fingerprints ?? [])
    byId.set(id, { id, firstAt: byId.get(id)?.firstAt ?? seen.start, lastAt: seen.start });
  return [...byId.values()].sort((a, b) => b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1)).slice(0, MOST_FINGERPRINTS);
}

/** What each memory size took: the four sizes used last. */
export function rememberSizes(known: readonly SizeRecord[], seen: Observation): SizeRecord[] {
  if (seen.memorySizeMb <= 0 || seen.calls === 0) return [...known];
  const before = known.find(({ memorySizeMb }) => memorySizeMb === seen.memorySizeMb);
  const weight = Math.min(1, BUSY_MINUTE / seen.calls);
  const record: SizeRecord = {
    memorySizeMb: seen.memorySizeMb,
    calls: faded(before?.calls ?? 0, seen.calls * weight),
    costUsd: faded(before?.costUsd ?? 0, seen.costUsd * weight),
    durations: fade(before?.durations ?? [], 1 - FORGET, seen.histogram, weight),
    maxMemoryUsedMb: Math.max(before?.maxMemoryUsedMb ?? 0, seen.memoryUsedMb),
    firstAt: before?.firstAt ?? seen.start,
    lastAt: seen.start,
  };
  return [record, ...known.filter((each) => each !== before)].slice(0, MOST_SIZES);
}

export const lastOf = (values: readonly number[], value: number): number[] => [...values, value].slice(-10);

/** What the open incidents distort, and what is only suspected yet. */
export function disturbedBy(incidents: Core['incidents'], suspicions: Core['suspicions']): Disturbed {
  const open = new Set(
    incidents
      .filter(({ resolvedAt }) => resolvedAt === undefined)
      .flatMap((each) => [each.class, ...Object.keys(each.joined)])
      .concat(suspicions.map((each) => each.class)),
  );
  const any = (...classes: readonly string[]): boolean => classes.some((each) => open.has(each));
  const failures = any(
    'error-burst',
    'timeouts',
    'out-of-memory',
    'init-failures',
    'retry-storm',
    'connection-pressure',
    'poison-message',
    'bad-deploy',
    'throttling',
    'cold-starts',
  );
  return {
    failures,
    pace: any('dependency-slow', 'timeouts', 'bad-deploy', 'connection-pressure', 'retry-storm', 'poison-message'),
    durations: any(
      'slow-down',
      'dependency-slow',
      'timeouts',
      'bad-deploy',
      'connection-pressure',
      'retry-storm',
      'timeout-risk',
      'cost-anomaly',
      'iterator-age',
      'poison-message',
    ),
    load: any('traffic-spike', 'traffic-drop', 'retry-storm', 'recursive-loop', 'throttling-ahead'),
    memory: any('out-of-memory', 'out-of-memory-risk', 'memory-leak'),
  };
}

const faded = (before: number, added: number): number => significant(before * (1 - FORGET) + added, 6);
