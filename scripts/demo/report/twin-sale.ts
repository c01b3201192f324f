import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScenario, reportOf, Twin } from '../../../packages/simulator/src/index.ts';
import { REPOSITORY } from '../../workspace-services.ts';

export const SCENARIO = 'samples/scenarios/black-friday.yml';

/** The same sale at a scale that one machine cannot carry: simulated, not measured. Money is USD. */
export interface TwinSale {
  readonly requests: number;
  readonly servedPct: number;
  readonly peakPerSecond: number;
  readonly hours: number;
  /** All that AWS would charge, and of it functions and APIs: what a fleet would replace. */
  readonly usd: number;
  readonly computeUsd: number;
  readonly dearestHourUsd: number;
  /** Servers for the peak minute, standing. */
  readonly fleet: { readonly tasks: number; readonly usdPerHour: number; readonly usd: number };
  /** Of each minute. */
  readonly perMinute: {
    readonly start: number;
    readonly requests: readonly number[];
    readonly computeUsd: readonly number[];
  };
}

/** 100 requests a second in the first minute, 100,000 in the fifth: `samples/scenarios/black-friday.yml` in the twin. */
export function simulateSale(): TwinSale {
  const twin = new Twin(parseScenario(readFileSync(join(REPOSITORY, SCENARIO), 'utf8')));
  twin.advanceTo(twin.endsAt);
  const { edges, costUsd, whole, peakHour, start, end, perMinute } = reportOf(twin);
  const requests = edges.reduce((sum, edge) => sum + edge.requests, 0);
  const served = edges.reduce((sum, edge) => sum + edge.served, 0);
  const each = (name: string): readonly number[] => perMinute[name] ?? [];
  return {
    requests,
    servedPct: (100 * served) / Math.max(1, requests),
    peakPerSecond: each('requests').reduce((most, value) => Math.max(most, value), 0) / 60,
    hours: (end - start) / 3_600_000,
    usd: costUsd,
    computeUsd: whole.computeUsd,
    dearestHourUsd: peakHour.computeUsd,
    fleet: { tasks: peakHour.fleet.tasks, usdPerHour: peakHour.fleet.usdPerHour, usd: whole.fleetUsd },
    perMinute: { start, requests: each('requests'), computeUsd: each('computeUsd') },
  };
}
