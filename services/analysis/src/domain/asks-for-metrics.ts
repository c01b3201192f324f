import type { Fact } from '@lamplighter/diagnosis';
import type { StoredAssessment } from '../ports.ts';
import { isAdvice } from './entries-of-changes.ts';
import type { FunctionNews } from './news/function-news.ts';

export type MetricName =
  | 'Invocations'
  | 'Throttles'
  | 'IteratorAge'
  | 'RecursiveInvocationsDropped'
  | 'ConcurrentExecutions';

export interface MetricQuestion {
  readonly names: readonly MetricName[];
  /** Epoch milliseconds, whole minutes. */
  readonly from: number;
  readonly until: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** CloudWatch has a minute's figures a minute or two later: each is asked for several times. */
const MINUTES_BACK = 6;
/** An alarm that stays on needs no telling why after so long. */
const ALARM_MS = HOUR_MS;
/** A function with so many calls a minute is not quiet for one without a reason: either nobody calls it, or its logs do not come. */
const NEVER_QUIET = 8;
/** Environments at once: a new account may have ten in all. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const WIDE = 8;
const ALL: readonly MetricName[] = [
  'Invocations',
  'Throttles',
  'IteratorAge',
  'RecursiveInvocationsDropped',
  'ConcurrentExecutions',
];

/**
 * Which figures of CloudWatch can matter now: each metric asked for costs $0.00001 (GetMetricData). All while something is wrong, or an alarm went on in the last hour; the calls that
 * CloudWatch counted where a busy function has none; every other minute the age of the
 * iterator of a reader of streams, and the throttles of a function whose concurrency is reserved, or that runs in so many environments at once that the account's limit may be near: the calls that
 * it refuses are in no log, and those that it takes are well; else none. Nothing for minutes that are long past: those of a replay.
 */
export function asksForMetrics(
  news: FunctionNews,
  stored: Pick<StoredAssessment, 'state' | 'context' | 'sources'>,
  now: number,
): MetricQuestion | undefined {
  const starts = news.windows.map((window) => ('missing' in window ? window.missing : window.figures).start);
  const newest = Math.floor(Math.max(...starts, ...alarmsIn(news.facts), 0) / MINUTE_MS) * MINUTE_MS;
  if (newest === 0 || now - newest > HOUR_MS) return undefined;
  const { incidents, facts } = stored.state.head;
  const isWrong = incidents.some(
    (each) => each.resolvedAt === undefined && !isAdvice(each.class) && each.class !== 'alarm',
  );
  const isAlarmed = alarmsIn([...facts, ...news.facts]).some((at) => newest - at <= ALARM_MS);
  const names = isWrong || isAlarmed ? ALL : [...unlogged(news, stored.state), ...routine(news, newest, stored)];
  if (names.length === 0) return undefined;
  return { names, from: newest - MINUTES_BACK * MINUTE_MS, until: newest + MINUTE_MS };
}

/** Whether calls are missing, or their logs are, CloudWatch alone can tell. */
function unlogged({ windows }: FunctionNews, { head }: StoredAssessment['state']): MetricName[] {
  const isQuiet = windows.some((window) => 'figures' in window && window.figures.invocations === 0);
  return isQuiet && head.baseline.load.recent >= NEVER_QUIET ? ['Invocations'] : [];
}

function routine(
  { windows }: FunctionNews,
  newest: number,
  { context: { concurrencyLimit }, sources }: Pick<StoredAssessment, 'context' | 'sources'>,
): MetricName[] {
  if ((newest / MINUTE_MS) % 2 !== 0) return [];
  return [
    ...(sources?.streams ? (['IteratorAge'] as const) : []),
    ...(concurrencyLimit !== undefined || windows.some(isWide) ? (['Throttles'] as const) : []),
  ];
}

const isWide = (window: FunctionNews['windows'][number]): boolean =>
  'figures' in window && (window.figures.maxConcurrency ?? 0) >= WIDE;

const alarmsIn = (facts: readonly Fact[]): number[] =>
  facts.flatMap((fact) =>
    fact.kind === 'alarm' && fact.state === 'ALARM' && Number.isFinite(fact.at) ? [fact.at] : [],
  );
