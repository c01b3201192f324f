const HOUR_MS = 3_600_000;
const SLOT_MS = HOUR_MS / 4;
const HOURS = 24;
/** Quarters of an hour are pooled until they have so many calls, an hour at most. */
const LEAST_CALLS = 20;
/** However busy a minute is, it is one of fifteen. */
const MOST_CALLS = 20;
/** A level that is reached no more is half forgotten in 35 days: a weekend leaves it. */
const FORGET = 0.02;
/** From the third day in a row on it goes in days: two faults at the same hour are no habit. */
const FORGET_MISSED = 0.3;
const GRACE_DAYS = 2;
/** What is within a fifth of a level reaches it. */
const REACHED = Math.log(1.2);
const MOST_DAYS = 9;
const MOST_LEADS = 4;
const LEAST_LEADS = 2;

/**
 * How long calls take at each hour of the day: the median of the hour's slowest quarter of an hour, as a logarithm of ms; UTC, 0 where it is not known. Of the days before, the highest level
 * and the second highest: what was reached once may have been a fault, what was reached twice at the same hour is how the function is then.
 */
export interface DailyLevels {
  readonly highest: readonly number[];
  readonly second: readonly number[];
  /** Days in a row, with calls, on which the second highest was not reached; absent in states from before it was known. */
  readonly missed?: readonly number[];
  /** Of the hour that is running: which one since the epoch, its highest quarter, and whether nothing was wrong in it. */
  readonly hour: readonly [index: number, highest: number, isClean: boolean];
  /** Of the quarter that is running, and those before it that it is pooled with: which one, sum, calls. */
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
  const isPooled = slot === levels.slot[0] || (hour === levels.hour[0] && levels.slot[2] < LEAST_CALLS);
  const left = isPooled ? levels : leaveSlot(levels);
  const entered = hour === left.hour[0] ? left : { ...leaveHour(left), hour: [hour, 0, true] as const };
  const [, sum, before] = isPooled ? entered.slot : [slot, 0, 0];
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

/** How long calls take at this time on more days than one, ms, a quarter of an hour sooner or later; undefined where it is not known. */
export function levelAt(levels: DailyLevels, start: number): number | undefined {
  if (!levels.second[hourOf(start)]) return undefined;
  const near = [start - SLOT_MS, start, start + SLOT_MS].map((each) => levels.second[hourOf(each)] ?? 0);
  return Math.exp(Math.max(...near) + Math.min(0, leadOf(levels) ?? 0));
}

const hourOf = (time: number): number => Math.floor(time / HOUR_MS) % HOURS;

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
  const { missed = NO_LEVELS.second } = levels;
  const days = level + REACHED < second ? Math.min(MOST_DAYS, missed[hour]! + 1) : 0;
  const low = level > highest ? highest : second === 0 ? level : toward(second, level, days);
  return {
    ...levels,
    highest: levels.highest.with(hour, level > highest ? level : toward(highest, level, days)),
    second: levels.second.with(hour, low),
    missed: missed.with(hour, days),
    leads,
  };
}

/** Up at once, down slowly, unless it was missed for days. */
function toward(before: number, level: number, missedDays: number): number {
  const forgotten = missedDays > GRACE_DAYS ? FORGET_MISSED : FORGET;
  return Math.max(level, round(before + forgotten * (level - before)));
}

/** A hundredth of a logarithm is one in a hundred milliseconds. */
const round = (value: number): number => Number(value.toFixed(2));
