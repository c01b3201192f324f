import type { DemoReport } from './compose-report.ts';

/** Why watching costs more than the calls that are watched, where it does; else nothing. */
export function whyWatchingCosts({ cost }: Pick<DemoReport, 'cost'>): string | undefined {
  if (cost.lamplighterUsd <= cost.callsUsd) return undefined;
  return 'Watching costs more than what is watched here, because it goes by minutes: each minute of a function, and the half hour after its last call, is summed, judged and forecast, whether it had one call or ten thousand. What it costs by functions and calls: docs/getting-started.md.';
}

/** Why forecasts were no better than the naive one, where they were not; else nothing. */
export function whyForecastsMiss({
  forecasts,
  from,
  until,
}: Pick<DemoReport, 'forecasts' | 'from' | 'until'>): string | undefined {
  const { points, wape, naiveWape } = forecasts;
  if (points.length === 0 || wape < naiveWape) return undefined;
  const minutes = Math.round((until - from) / 60_000);
  return `That is no better than to take the last five minutes: a story of ${minutes} minutes has no day and no week behind it, from which a forecast knows more than they do.`;
}
