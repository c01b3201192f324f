import { costAsRun, type RunsOn } from '@lamplighter/pricing';
import type { NewMinute } from './take-minutes.ts';

/** Minutes at the price of what the function ran on: windows are priced as x86_64, since logs do not tell. As they are where it is not known. */
export function pricedFor(minutes: readonly NewMinute[], runsOn: RunsOn): readonly NewMinute[] {
  if (runsOn.architecture === undefined) return minutes;
  return minutes.map((minute) => {
    const { costUsd: usd, calls: invocations } = minute.load;
    const costUsd = Number(costAsRun({ usd, invocations, at: minute.start }, runsOn).toPrecision(6));
    return { ...minute, load: { ...minute.load, costUsd } };
  });
}
