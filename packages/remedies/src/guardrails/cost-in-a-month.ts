const HOUR_MS = 3_600_000;
/** Of a month, as AWS's own prices count it. */
const HOURS_A_MONTH = 730;
const MONTH_MS = HOURS_A_MONTH * HOUR_MS;

/** What a change costs, USD, and when; epoch milliseconds. */
export interface ChangeCost {
  /** When it was let in. */
  readonly at: number;
  /** Absent while it is in force. */
  readonly endedAt?: number;
  readonly costPerHourUsd: number;
  /** Of a month, or of all the hours for which it is made; what is paid once among it. */
  readonly costPerMonthUsd: number;
  readonly costOnceUsd?: number;
}

/**
 * The most that repairs cost in any month that holds this moment, from the one that ends now to the one that begins now, USD: what was paid, also by what is
 * over, and what those in force go on to cost. What is paid once leaves after a month, and what follows something of the same price costs no more than it.
 */
export function mostInAMonth(changes: readonly ChangeCost[], now: number): number {
  const spans = changes.map((change) => spanOf(change, now)).filter(({ hourly, once }) => hourly > 0 || once > 0);
  // Between these the sum is linear in the beginning of the month.
  const edges = spans.flatMap(({ from, until }) => [from, until, until - MONTH_MS]);
  const begins = [...edges, now].filter((at) => at > now - MONTH_MS && at <= now);
  return Math.max(...[now - MONTH_MS, ...begins].map((begin) => sum(spans.map((span) => costIn(span, begin)))));
}

interface Span {
  readonly from: number;
  readonly until: number;
  readonly hourly: number;
  readonly once: number;
}

/** Rows of earlier versions do not say what was paid once: it is what a month costs beside its hours. */
function spanOf({ at, endedAt, costPerHourUsd, costPerMonthUsd, costOnceUsd }: ChangeCost, now: number): Span {
  const hourly = Math.max(0, costPerHourUsd);
  const once = costOnceUsd ?? Math.max(0, costPerMonthUsd - hourly * HOURS_A_MONTH);
  const hours = hourly === 0 ? 0 : (costPerMonthUsd - once) / hourly;
  const isForAWhile = hours < HOURS_A_MONTH - 0.001;
  const until = isForAWhile ? Math.max(at + hours * HOUR_MS, now) : Number.POSITIVE_INFINITY;
  return { from: at, until: endedAt ?? until, hourly, once };
}

function costIn({ from, until, hourly, once }: Span, begin: number): number {
  const end = begin + MONTH_MS;
  const hours = Math.max(0, Math.min(until, end) - Math.max(from, begin)) / HOUR_MS;
  return hours * hourly + (from >= begin && from < end ? once : 0);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
