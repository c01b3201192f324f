import { Assumptions } from '../aws/assumptions.ts';
import { isCompute, type Usage } from '../measure/meter.ts';
import { bucketed } from '../measure/series-store.ts';
import type { Fault } from '../scenario/fault.ts';
import type { AppliedAction, Twin } from '../twin/twin.ts';
import { type Fleet, fleetFor } from './fleet.ts';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;

export interface FunctionTotals {
  readonly name: string;
  readonly requests: number;
  readonly ok: number;
  readonly failed: number;
  readonly throttled: number;
  readonly inFlight: number;
  readonly coldStarts: number;
  /** Init included: the time that an environment is taken. */
  readonly meanDurationMs: number;
  readonly peakConcurrency: number;
  readonly peakEnvironments: number;
  readonly usd: number;
}

/** Requests at an edge: API, or a function asked directly. requests = served + throttled + failed + in flight. */
export interface EdgeTotals {
  readonly name: string;
  readonly requests: number;
  readonly served: number;
  readonly throttled: number;
  readonly failed: number;
  readonly inFlight: number;
}

/** A fault as it was put in: what detection is scored against. Times are epoch milliseconds; `end` is the scenario's where none was given. */
export interface FaultTruth {
  readonly kind: Fault['kind'];
  readonly target: string;
  readonly onset: number;
  readonly end: number;
}

/** What a run of the twin came to. Times are epoch milliseconds, costs US dollars. */
export interface SimulationReport {
  readonly name: string;
  readonly seed: number;
  readonly start: number;
  readonly end: number;
  readonly edges: readonly EdgeTotals[];
  readonly functions: readonly FunctionTotals[];
  readonly sources: readonly { name: string; peakBacklog: number; peakAgeMs: number }[];
  readonly databases: readonly { name: string; peakAcu: number; peakConnections: number; peakLoadPct: number }[];
  readonly costUsd: number;
  readonly usage: readonly Usage[];
  /** The 60 minutes in a row that cost most. */
  readonly peakHour: {
    readonly start: number;
    readonly usd: number;
    readonly computeUsd: number;
    readonly fleet: Fleet;
  };
  /** The whole time: functions and APIs, and the fleet that stands all the while. */
  readonly whole: { readonly computeUsd: number; readonly fleetUsd: number };
  readonly faults: readonly FaultTruth[];
  readonly actions: readonly AppliedAction[];
  /** Assumptions that are not the default. */
  readonly assumptions: Readonly<Record<string, number>>;
  /** Sums and peaks of each minute, for charts. */
  readonly perMinute: Readonly<Record<string, readonly number[]>>;
}

/** What has happened in a twin so far. */
export function reportOf(twin: Twin): SimulationReport {
  const { scenario, parts } = twin;
  const start = Date.parse(scenario.start);
  const usage = parts.meter.usage();
  const perMinute = minutesOf(twin);
  const hour = dearestHour(perMinute.costUsd ?? []);
  const fleet = fleetFor(
    {
      cpuMsPerMinute: Math.max(0, ...(perMinute.cpuMs ?? [])),
      concurrency: Math.max(0, ...(perMinute.concurrency ?? [])),
    },
    scenario.assumptions,
  );
  const compute = usage.filter(({ quantity }) => isCompute(quantity));
  const hours = (twin.now - start) / 3_600_000;
  return {
    name: scenario.name,
    seed: scenario.seed,
    start,
    end: twin.now,
    edges: edgesOf(twin),
    functions: functionsOf(twin, usage),
    sources: sourcesOf(twin),
    databases: databasesOf(twin),
    costUsd: parts.meter.total,
    usage,
    peakHour: {
      start: start + hour.minute * MINUTE_MS,
      usd: hour.usd,
      computeUsd: sumOf((perMinute.computeUsd ?? []).slice(hour.minute, hour.minute + HOUR_MINUTES)),
      fleet,
    },
    whole: { computeUsd: sumOf(compute.map(({ usd }) => usd)), fleetUsd: fleet.usdPerHour * hours },
    faults: scenario.faults.map(({ kind, target, at, until }) => ({
      kind,
      target,
      onset: start + at,
      end: start + Math.min(until ?? scenario.duration, scenario.duration),
    })),
    actions: twin.applied,
    assumptions: changedAssumptions(scenario.assumptions),
    perMinute,
  };
}

function minutesOf(twin: Twin): Record<string, readonly number[]> {
  const { series, scenario, parts } = twin;
  const ticks = series.get('costUsd').length;
  const minutes = Math.max(1, Math.round((ticks * scenario.tick) / MINUTE_MS));
  const each = (name: string, as: 'max' | 'sum') => bucketed(series.get(name), minutes, as);
  const functions = [...parts.functions.keys()];
  const result: Record<string, readonly number[]> = {
    costUsd: each('costUsd', 'sum'),
    computeUsd: each('computeUsd', 'sum'),
    requests: sumOver(functions.map((name) => each(`${name}.requests`, 'sum'))),
    throttles: sumOver(functions.map((name) => each(`${name}.throttles`, 'sum'))),
    errors: sumOver(functions.map((name) => each(`${name}.errors`, 'sum'))),
    coldStarts: sumOver(functions.map((name) => each(`${name}.coldStarts`, 'sum'))),
    concurrency: bucketed(sumOver(functions.map((name) => series.get(`${name}.concurrency`))), minutes, 'max'),
    cpuMs: sumOver(functions.map((name) => each(`${name}.cpuMs`, 'sum'))),
  };
  for (const name of parts.streamMappings.keys())
    result[`${name}.iteratorAgeMs`] = each(`${name}.iteratorAgeMs`, 'max');
  for (const name of parts.queues.keys()) result[`${name}.ageMs`] = each(`${name}.ageMs`, 'max');
  for (const name of parts.databases.keys()) result[`${name}.acu`] = each(`${name}.acu`, 'max');
  return result;
}

function sumOver(rows: readonly (readonly number[])[]): readonly number[] {
  return (rows[0] ?? []).map((_, index) => rows.reduce((sum, row) => sum + (row[index] ?? 0), 0));
}

function dearestHour(perMinute: readonly number[]): { minute: number; usd: number } {
  let usd = sumOf(perMinute.slice(0, HOUR_MINUTES));
  let best = { minute: 0, usd };
  for (let minute = HOUR_MINUTES; minute < perMinute.length; minute++) {
    usd += perMinute[minute]! - perMinute[minute - HOUR_MINUTES]!;
    if (usd > best.usd) best = { minute: minute - HOUR_MINUTES + 1, usd };
  }
  return best;
}

function edgesOf({ parts }: Twin): EdgeTotals[] {
  const clients = [...[...parts.apis].map(([name, api]) => [name, api.client] as const), ...parts.clients];
  return clients.map(([name, client]) => ({
    name,
    requests: client.requests,
    served: client.served,
    throttled: client.throttledCount,
    failed: client.failed,
    inFlight: client.inFlight,
  }));
}

function functionsOf({ parts, series }: Twin, usage: readonly Usage[]): FunctionTotals[] {
  return [...parts.functions.values()].map((each) => {
    const sum = (figure: string): number => sumOf(series.get(`${each.name}.${figure}`));
    const invoked = sum('invocations');
    return {
      name: each.name,
      ...each.counts(),
      coldStarts: sum('coldStarts'),
      meanDurationMs: invoked > 0 ? sum('durationMs') / invoked : 0,
      peakConcurrency: largest(series.get(`${each.name}.concurrency`)),
      peakEnvironments: largest(series.get(`${each.name}.environments`)),
      usd: sumOf(usage.filter(({ resource }) => resource === each.name).map(({ usd }) => usd)),
    };
  });
}

function sourcesOf({ parts, series }: Twin): SimulationReport['sources'] {
  const of = (name: string, age: string) => ({
    name,
    peakBacklog: largest(series.get(`${name}.backlog`)),
    peakAgeMs: largest(series.get(`${name}.${age}`)),
  });
  return [
    ...[...parts.streamMappings.keys()].map((name) => of(name, 'iteratorAgeMs')),
    ...[...parts.queues.keys()].map((name) => of(name, 'ageMs')),
  ];
}

function databasesOf({ parts, series }: Twin): SimulationReport['databases'] {
  return [...parts.databases.keys()].map((name) => ({
    name,
    peakAcu: largest(series.get(`${name}.acu`)),
    peakConnections: largest(series.get(`${name}.connections`)),
    peakLoadPct: largest(series.get(`${name}.loadPct`)),
  }));
}

function changedAssumptions(assumptions: Assumptions): Record<string, number> {
  const defaults = Assumptions.parse({});
  const changed = Object.entries(assumptions).filter(([name, value]) => defaults[name as keyof Assumptions] !== value);
  return Object.fromEntries(changed);
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);
