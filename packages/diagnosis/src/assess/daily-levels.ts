const HOUR_MS = 3_600_000;
const SLOT_MS = HOUR_MS / 4;
const HOURS = 24;
/** Of fewer calls a quarter of an hour has no level. */
const LEAST_CALLS = 20;
/** However busy a minute is, it is one of fifteen. */
const MOST_CALLS = 20;
/** A level that is reached no more is half forgotten in 35 days: a weekend leaves it. */
const FORGET = 0.02;
const MOST_LEADS = 4;
const LEAST_LEADS = 2;

/**
 * How long calls take at each hour of the day: the median of the hour's slowest quarter of an hour, as a logarithm of ms; UTC, 0 where it is not known. Of the days before, the highest level
 * and the second highest: what was reached once may have been a fault, what was reached twice at the same hour is how the function is then.
 */
export interface DailyLevels {
  readonly highest: readonly number[];
  readonly second: readonly number[];
  /** Of the hour that is running: which one since the epoch, its highest quarter, and whether nothing was wrong in it. */
  readonly hour: readonly [index: number, highest: number, isClean: boolean];
  /** Of the quarter that is running: which one, sum, calls. */
  readonly slot: readonly [index: number, sum: number, calls: number];
  /** How far the last hours in which nothing was wrong were from the second highest level, newest last. */
  readonly leads: readonly number[];
}

export const NO_LEVELS: DailyLevels = {
  highest: new Array<number>(HOURS).fill(0),
  second: new Array<number>(HOURS).fill(0),
  hour: [-1, 0, true],
  slot: [-1, 0, 0],
  leads: [],
};

/** A minute's calls, and what is wrong in it. */
export interface LevelMinute {
  readonly start: number;
  readonly medianMs: number;
  readonly calls: number;
  readonly isClean: boolean;
}

/** The levels after a minute. O(1). */
export function learnLevels(levels: DailyLevels, { start, medianMs, calls, isClean }: LevelMinute): DailyLevels {
  const [hour, slot] = [Math.floor(start / HOUR_MS), Math.floor(start / SLOT_MS)];
  const left = slot === levels.slot[0] ? levels : leaveSlot(levels);
  const entered = hour === left.hour[0] ? left : { ...leaveHour(left), hour: [hour, 0, true] as const };
  const [, sum, before] = slot === entered.slot[0] ? entered.slot : [slot, 0, 0];
  const weight = Math.min(MOST_CALLS, calls);
  // Below a millisecond everything is one level: 0 stands for what is not known.
  const level = Math.max(0.01, Math.log(medianMs));
  return {
    ...entered,
    hour: [hour, entered.hour[1], entered.hour[2] && isClean],
    slot: [slot, round(sum + weight * level), before + weight],
  };
}

/** How far a function is now from what its hours were like, as a logarithm: below 0 where it has become faster, as far as the slowest of its last hours shows; undefined where it is not known. */
export function leadOf({ leads }: DailyLevels): number | undefined {
  return leads.length < LEAST_LEADS ? undefined : Math.max(...leads);
}

/** How long calls take at this time on more days than one, ms, an hour sooner or later; undefined where it is not known. */
export function levelAt(levels: DailyLevels, start: number): number | undefined {
  const hour = Math.floor(start / HOUR_MS) % HOURS;
  if (!levels.second[hour]) return undefined;
  const near = [hour, (hour + 1) % HOURS, (hour + HOURS - 1) % HOURS].map((each) => levels.second[each] ?? 0);
  return Math.exp(Math.max(...near) + Math.min(0, leadOf(levels) ?? 0));
}

function leaveSlot(levels: DailyLevels): DailyLevels {
  const [, sum, calls] = levels.slot;
  const [index, highest, isClean] = levels.hour;
  return calls < LEAST_CALLS ? levels : { ...levels, hour: [index, Math.max(highest, round(sum / calls)), isClean] };
}

function leaveHour(levels: DailyLevels): DailyLevels {
  const [index, level, isClean] = levels.hour;
  if (index < 0 || level === 0) return levels;
  const hour = index % HOURS;
  const [highest, second] = [levels.highest[hour] ?? 0, levels.second[hour] ?? 0];
  const leads = isClean && second > 0 ? [...levels.leads, round(level - second)].slice(-MOST_LEADS) : levels.leads;
  const low = level > highest ? highest : second === 0 ? level : toward(second, level);
  return {
    ...levels,
    highest: levels.highest.with(hour, level > highest ? level : toward(highest, level)),
    second: levels.second.with(hour, low),
    leads,
  };
}

/** Up at once, down slowly. */
const toward = (before: number, level: number): number => Math.max(level, round(before + FORGET * (level - before)));

/** A hundredth of a logarithm is one in a hundred milliseconds. */
const round = (value: number): number => Number(value.toFixed(2));
