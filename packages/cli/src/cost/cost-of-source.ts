import type { FunctionWindow, WatchedFunction } from '@lamplighter/contracts';
import {
  addLoads,
  costOutlook,
  type LoadState,
  MINUTE_MS,
  type MinuteLoad,
  minuteLoadOf,
  newLoadState,
  ownCost,
  STANDING_MONTH_USD,
  sumOfOutlooks,
  takeMinutes,
  type WatchedLoad,
  watchedMonth,
} from '@lamplighter/prediction';
import { functionsThere, unknownFunction } from '../audit/functions-there.ts';
import type { AuditSource } from '../audit/source/audit-source.ts';
import { watchedFunctions } from '../findings/assess-source.ts';
import { readWindows, type TimeRange } from '../findings/read-windows.ts';
import type { CostReport } from './cost-report.ts';

interface Watched {
  readonly of: WatchedFunction;
  readonly windows: readonly FunctionWindow[];
}

/** What the functions of a source cost by their own minutes, as if it were the end of the newest one; the account in each region is the sum of all. Throws `InputError` `unknown-function`. */
export async function costOfSource(
  source: AuditSource,
  range: TimeRange,
  functionName: string | undefined,
): Promise<CostReport> {
  const all: Watched[] = [];
  const seen = await watchedFunctions(source);
  if (functionName !== undefined && !seen.some((each) => each.functionName === functionName))
    throw unknownFunction(functionName, source.name, await functionsThere(source));
  for (const of of seen) all.push({ of, windows: await readWindows(source, of, range) });
  const starts = all.flatMap(({ windows }) => windows.map(({ start }) => start));
  const now = starts.reduce((newest, start) => Math.max(newest, start + MINUTE_MS), 0);
  const functions = all.map(({ of, windows }) => ({ of, load: loadOf(windows.map(minute), now) }));
  const accounts = accountsOf(all, now);
  const own = ownCost({
    ...watchedTogether(functions, now),
    accountMinutes: watchedTogether(accounts, now).toldMinutes,
  });
  const costs = functions
    .filter(({ of }) => functionName === undefined || of.functionName === functionName)
    .map(({ of: { accountId, region, functionName: name }, load }) => ({
      resource: { accountId, region, type: 'lambda-function' as const, name },
      cost: costOutlook(load, now),
    }));
  return {
    costs: functionName === undefined ? [...accountsIn(costs), ...costs] : costs,
    lamplighter: { monthUsd: own.totalUsd, standingMonthUsd: STANDING_MONTH_USD, parts: [...own.parts] },
    pricedAs: 'x86_64',
    asOf: now,
  };
}

/** What is watched of several loads. */
function watchedTogether(of: readonly { readonly load: LoadState }[], now: number) {
  const watched = of.map(({ load }) => watchedMonth(load, now));
  const total = (figure: keyof WatchedLoad): number => watched.reduce((sum, one) => sum + (one[figure] ?? 0), 0);
  const [busyMinutes, silentMinutes] = [total('busyMinutes'), total('silentMinutes')];
  return { invocations: total('invocations'), busyMinutes, silentMinutes, toldMinutes: busyMinutes + silentMinutes };
}

function accountsOf(all: readonly Watched[], now: number) {
  const accounts = Map.groupBy(all, ({ of }) => `${of.accountId}:${of.region}`);
  return [...accounts.values()].map((its) => {
    return {
      load: loadOf(
        its.flatMap(({ windows }) => windows.map(minute)),
        now,
      ),
    };
  });
}

/** The accounts of functions, each what they cost together. */
const accountsIn = (costs: CostReport['costs']): CostReport['costs'] =>
  [...Map.groupBy(costs, ({ resource }) => `${resource.accountId}:${resource.region}`).values()].map((its) => {
    const { accountId, region } = its[0]!.resource;
    const resource = { accountId, region, type: 'account' as const, name: accountId };
    return { resource, cost: sumOfOutlooks(its.map(({ cost }) => cost)) };
  });

interface Minute {
  readonly start: number;
  readonly load: MinuteLoad;
}

const minute = (window: FunctionWindow): Minute => ({ start: window.start, load: minuteLoadOf(window) });

function loadOf(minutes: readonly Minute[], now: number) {
  const summed = new Map<number, MinuteLoad>();
  for (const { start, load } of minutes) {
    const known = summed.get(start);
    summed.set(start, known === undefined ? load : addLoads(known, load));
  }
  const news = [...summed].map(([start, load]) => ({ start, revision: 0, load }));
  return takeMinutes(newLoadState(), news, now);
}
