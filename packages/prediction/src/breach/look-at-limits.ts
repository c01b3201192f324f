import { fillingLook } from '../capacity/filling-look.ts';
import { budgetLook } from '../cost/budget-look.ts';
import { costOutlook } from '../cost/cost-outlook.ts';
import { type WeightedPath, weigh } from '../forecast/blend.ts';
import { candidatePaths } from '../forecast/candidates.ts';
import { viewsOf } from '../forecast/views.ts';
import { MINUTE_MS } from '../load/minute-load.ts';
import type { PredictionState } from '../prediction-state.ts';
import { advanceBreach, type BreachLife, type Look, NO_BREACH, withdraw } from './breach-life.ts';
import { lookAtDuration } from './duration-look.ts';
import { hitProbabilities } from './hit-probability.ts';
import { NOTICE_MS, outlookOf } from './outlook.ts';
import type { LimitChange, WatchedLimit } from './watched-limit.ts';

const HORIZON_MS = 3_600_000;

export interface LookOptions {
  readonly now: number;
  readonly noticeMs?: number;
  /** A month's cost is forecast by the hour: a new look with each new forecast is enough. */
  readonly hasNewForecasts: boolean;
}

/** Looks how far each limit is, and says what is to be told of it. What was told of a limit that is there no more is withdrawn. */
export function lookAtLimits(
  state: PredictionState,
  limits: readonly WatchedLimit[],
  options: LookOptions,
): { readonly state: PredictionState; readonly changes: readonly LimitChange[] } {
  const outlooks: Record<string, Look> = {};
  const { breaches, changes } = withdrawOthers(state, limits);
  for (const limit of limits) {
    const seen = lookAt(limit, state, options);
    if (seen === undefined) {
      const known = state.outlooks[limit.kind];
      if (known !== undefined) outlooks[limit.kind] = known;
      continue;
    }
    outlooks[limit.kind] = seen.look;
    const { life, change } = advance(breaches[limit.kind] ?? NO_BREACH, limit, seen.look);
    // A call that timed out without a warning is a finding, not a forecast.
    if (limit.of === 'max-duration' && change?.change === 'happened' && change.revision === 0) continue;
    breaches[limit.kind] = life;
    if (change !== undefined) changes.push({ ...change, limit, ...seen });
  }
  return { state: { ...state, breaches, outlooks }, changes };
}

/** Takes back what was told of something that is not there any more: nobody looks at its limits again. */
export function withdrawAll(state: PredictionState): ReturnType<typeof lookAtLimits> {
  const { breaches, changes } = withdrawOthers(state, []);
  return { state: { ...state, breaches, outlooks: {} }, changes };
}

/** A budget is that of a month (UTC): with the month its life is over. */
function advance(before: BreachLife, limit: WatchedLimit, look: Look): ReturnType<typeof advanceBreach> {
  const isOver =
    limit.of === 'month-cost' && before.told !== undefined && monthOf(before.told.since) < monthOf(look.at);
  if (isOver) return withdraw(before.told, look.at, 'month-over');
  const { life, change } = advanceBreach(before, look, HIT_EXACTLY[limit.of]);
  if (life.told === undefined) return { life, ...(change && { change }) };
  const { kind, name, value, unit, of } = limit;
  return {
    life: { ...life, told: { ...life.told, limit: { kind, name, value, unit, of } } },
    ...(change && { change }),
  };
}

/** Money and bytes are known: what is left is not used up. */
const HIT_EXACTLY: Partial<Record<WatchedLimit['of'], number>> = { 'month-cost': 1, stored: 1 };

const monthOf = (time: number): string => new Date(time).toISOString().slice(0, 7);

function withdrawOthers(state: PredictionState, limits: readonly WatchedLimit[]) {
  const breaches: Record<string, BreachLife> = {};
  const changes: LimitChange[] = [];
  for (const [kind, life] of Object.entries(state.breaches)) {
    const isGone = !limits.some((limit) => limit.kind === kind);
    // What an earlier release told holds no limit to name.
    if (!isGone || life.told?.limit === undefined) {
      breaches[kind] = life;
      continue;
    }
    const at = (state.load.newest ?? 0) + MINUTE_MS;
    const { life: next, change } = withdraw(life.told, at, 'limit-gone');
    const nothing = { used: 0, horizonMs: HORIZON_MS, probability: 0, soon: 0 };
    const look = { ...nothing, ...state.outlooks[kind], at };
    breaches[kind] = next;
    changes.push({ ...change, limit: life.told.limit, look, weighted: [] });
  }
  return { breaches, changes };
}

interface Seen {
  readonly look: Look;
  readonly weighted: readonly WeightedPath[];
}

function lookAt(
  limit: WatchedLimit,
  state: PredictionState,
  { now, noticeMs = NOTICE_MS, hasNewForecasts }: LookOptions,
): Seen | undefined {
  switch (limit.of) {
    case 'concurrency':
      return lookAtConcurrency(state, limit.value, noticeMs);
    case 'max-duration':
      return lookAtDuration(state.load, limit.value, noticeMs);
    case 'month-cost':
      return hasNewForecasts
        ? { look: budgetLook(costOutlook(state.load, now), limit.value), weighted: [] }
        : undefined;
    case 'stored':
      return { look: fillingLook(limit.samples ?? [], limit.value), weighted: [] };
  }
}

function lookAtConcurrency(state: PredictionState, limit: number, noticeMs: number): Seen | undefined {
  const view = viewsOf(state.load).concurrency;
  if (view.fives.length === 0) return undefined;
  const record = state.records.concurrency;
  const weighted = weigh(candidatePaths(view, state.fitted), record);
  const at = view.newest + MINUTE_MS;
  const outlook = outlookOf(hitProbabilities(weighted, limit, record.widening), {
    origin: view.origin,
    soonAt: at + noticeMs,
  });
  const used = (view.minutes?.at(-1) ?? 0) / limit;
  return { weighted, look: { ...outlook, at, used } };
}
