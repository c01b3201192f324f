import {
  adviseProvisioning,
  minuteLoadOf,
  newLoadState,
  type ProvisioningAdvice,
  takeMinutes,
} from '../../../packages/prediction/src/index.ts';
import { createScenario, reportOf, type ScenarioInput, Twin } from '../../../packages/simulator/src/index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const START = Date.parse('2026-11-23T00:00:00Z');
const DAYS_LEARNT = 3;
const FUNCTION = { memoryMb: 1024, architecture: 'arm64' } as const;
const NAME = 'quote';

/** One way to keep cold starts away: what was computed before, and what the twin measured on the day after. */
export interface ProvisioningRow {
  readonly way: string;
  readonly computedExtraUsd: number;
  readonly measuredExtraUsd: number;
  readonly coldPct: number;
  readonly throttledPct: number;
  /** Of the calls with their inits. */
  readonly meanMs: number;
}

/**
 * A function that is quiet at night and comes in bursts by day: three days are learnt from, then the advice's schedule, a reservation as high as it, and nothing are
 * tried on the same fourth day. Pings are not: the twin has no caller that meets every environment at once.
 */
export function provisioningRows(seed: number): { advised: ProvisioningAdvice['advised']; rows: ProvisioningRow[] } {
  const learnt = adviseProvisioning(learn(seed), FUNCTION);
  if (learnt === undefined) throw new Error('Three days are enough for an advice.');
  const most = Math.max(...learnt.levels);
  const nothing = play(seed, {});
  const tried = {
    nothing,
    'provisioned-concurrency': play(seed, { levels: learnt.levels }),
    'reserved-concurrency': play(seed, { reserved: most }),
  };
  const rows = Object.entries(tried).map(([way, { usd, ...measured }]) => ({
    way,
    computedExtraUsd: learnt.options.find((option) => option.way === way)!.extraUsd,
    measuredExtraUsd: usd - nothing.usd,
    ...measured,
  }));
  return { advised: learnt.advised, rows };
}

function learn(seed: number) {
  const twin = new Twin(createScenario(scenario({ seed, start: START, days: DAYS_LEARNT })));
  const windows = twin.advanceTo(twin.endsAt);
  const news = windows.map((window) => ({ start: window.start, revision: 0, load: minuteLoadOf(window) }));
  return takeMinutes(newLoadState(), news, twin.endsAt);
}

function play(seed: number, { levels, reserved }: { levels?: readonly number[]; reserved?: number }) {
  const start = START + DAYS_LEARNT * DAY_MS;
  const twin = new Twin(
    createScenario(scenario({ seed: seed + 1, start, days: 1, ...(reserved !== undefined && { reserved }) })),
  );
  for (let hour = 0; hour < 24; hour++) {
    const concurrency = levels?.[hour];
    if (concurrency !== undefined) twin.apply({ kind: 'set-provisioned-concurrency', target: NAME, concurrency });
    twin.advanceTo(start + (hour + 1) * HOUR_MS);
  }
  const { functions, costUsd } = reportOf(twin);
  const { requests, coldStarts, throttled, meanDurationMs } = functions[0]!;
  return {
    usd: costUsd,
    coldPct: (100 * coldStarts) / requests,
    throttledPct: (100 * throttled) / requests,
    meanMs: meanDurationMs,
  };
}

interface Asked {
  readonly seed: number;
  readonly start: number;
  readonly days: number;
  readonly reserved?: number;
}

/** By day 30 calls a second, and every 15 minutes a burst of 240 for a minute; by night one every two seconds. */
function scenario({ seed, start, days, reserved }: Asked): ScenarioInput {
  const minuteOf = (minute: number): number => {
    const hour = Math.floor(minute / 60) % 24;
    if (hour < 8 || hour >= 18) return 30;
    return minute % 15 === 0 ? 60 * 240 : 60 * 30;
  };
  const perMinute = Array.from({ length: days * 24 * 60 }, (_, minute) => minuteOf(minute)).join('\n');
  const duration = `${days}d`;
  return {
    name: 'provisioning',
    seed,
    start: new Date(start).toISOString(),
    duration,
    traffic: [{ to: NAME, curve: { kind: 'csv', perMinute } }],
    functions: {
      [NAME]: {
        ...FUNCTION,
        cpuMs: 40,
        waitMs: 60,
        initMs: 900,
        ...(reserved !== undefined && { reservedConcurrency: reserved }),
      },
    },
  };
}
