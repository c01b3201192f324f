import { significant } from '../statistics/significant.ts';
import type { Load } from './baseline.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const HOURS = 168;
const RECENT_WEIGHT = 1 / 15;
const DISPERSION_WEIGHT = 1 / 240;
/** Before, everything is a peak. */
const SETTLED_MINUTES = 30;
/** A peak is forgotten by half in about ten hours. */
const PEAK_KEEP = 0.9988;

const hourOf = (start: number): number => Math.floor(start / HOUR_MS) % HOURS;

/** What a minute's calls are expected to be: lowest and highest of what the time of the week, the same hour of other days and the last quarter of an hour say. */
export function expectedCalls(load: Load, start: number): { readonly least: number; readonly most: number } {
  const hour = hourOf(start);
  const hours = [hour, (hour + 1) % HOURS, (hour + HOURS - 1) % HOURS];
  const known = (wanted: readonly number[]): number[] =>
    wanted.filter((each) => (load.visits[each] ?? 0) > 0).map((each) => load.profile[each] ?? 0);
  const [ofWeek, ofDay] = [known(hours), known(hours.flatMap(onEachDay))];
  // An hour before or after says little of one that was never seen on this day: business may end with it, as it did yesterday.
  const sameHour = known([hour]).length === 0 ? known(onEachDay(hour)) : [];
  const running = load.hour[2] >= 10 ? [load.hour[1] / load.hour[2]] : [];
  const candidates = ofWeek.length > 0 ? [...ofWeek, ...sameHour] : ofDay;
  return {
    least: Math.min(load.recent, ...candidates, ...running),
    most: Math.max(load.recent, ...ofDay, ...running),
  };
}

/** The most that the hours around this time of the day had on any day that is over, calls a minute; 0 where none is known. */
export function usualOfDay({ profile, visits }: Load, start: number): number {
  const hour = hourOf(start);
  const hours = [hour, (hour + 1) % HOURS, (hour + HOURS - 1) % HOURS].flatMap(onEachDay);
  return Math.max(0, ...hours.filter((each) => (visits[each] ?? 0) > 0).map((each) => profile[each] ?? 0));
}

const onEachDay = (hour: number): number[] => [0, 24, 48, 72, 96, 120, 144].map((hours) => (hour + hours) % HOURS);

/** Calls a minute, the mean of the hours that are known; undefined where none is. */
export function usualCalls({ visits, profile }: Load): number | undefined {
  const known = profile.filter((_, hour) => (visits[hour] ?? 0) > 0);
  return known.length === 0 ? undefined : known.reduce((sum, calls) => sum + calls, 0) / known.length;
}

/** Whether the hours that are known had fewer calls a minute, in the mean; false where none is known. */
export function isCalledLessOften(load: Load, callsPerMinute: number): boolean {
  const usual = usualCalls(load);
  return usual !== undefined && usual < callsPerMinute;
}

/** Learns a minute, and the minutes without a call before it. O(1): at most a week of hours is walked. */
export function learnLoad(load: Load, start: number, calls: number, silentMinutes: number, weight: number): Load {
  const rested = silentMinutes > 0 ? learnSilence(load, start - silentMinutes * MINUTE_MS, silentMinutes) : load;
  const { least, most } = expectedCalls(rested, start);
  const expected = Math.max(1, Math.min(most, Math.max(least, rested.recent)));
  const stray = Math.min(50, (calls - expected) ** 2 / expected);
  const ratio = Math.min(20, calls / Math.max(1, most));
  // A surge teaches slowly that it is usual: after some of them, the next is none.
  const learntPeak = weight === 1 ? ratio : Math.min(ratio, 1.1 * rested.peakRatio);
  return {
    ...addToHour(rested, hourOf(start), calls, weight),
    minutes: Math.min(1e6, rested.minutes + 1),
    recent: round(rested.recent + Math.max(RECENT_WEIGHT, 1 / (rested.minutes + 1)) * weight * (calls - rested.recent)),
    dispersion: round(Math.max(1, rested.dispersion + DISPERSION_WEIGHT * weight * (stray - rested.dispersion))),
    peakRatio: round(Math.max(1, rested.peakRatio * PEAK_KEEP, rested.minutes < SETTLED_MINUTES ? 0 : learntPeak)),
  };
}

function addToHour(load: Load, hour: number, calls: number, weight: number): Load {
  const [running, sum, minutes] = load.hour;
  if (hour === running) return { ...load, hour: [hour, round(sum + weight * calls), round(minutes + weight)] };
  const left = leaveHour(load);
  return { ...left, hour: [hour, weight * calls, weight] };
}

function leaveHour(load: Load): Load {
  const [hour, sum, minutes] = load.hour;
  if (hour < 0 || minutes < 10) return load;
  const visits = Math.min(9, (load.visits[hour] ?? 0) + 1);
  const before = load.profile[hour] ?? 0;
  const mean = before + Math.max(0.3, 1 / visits) * (sum / minutes - before);
  return { ...load, profile: load.profile.with(hour, round(mean)), visits: load.visits.with(hour, visits) };
}

function learnSilence(load: Load, from: number, minutes: number): Load {
  let rested: Load = { ...load, recent: round(load.recent * (1 - RECENT_WEIGHT) ** minutes) };
  const walked = Math.min(minutes, HOURS * 60);
  for (let done = 0; done < walked; ) {
    const at = from + done * MINUTE_MS;
    const part = Math.min(walked - done, 60 - (Math.floor(at / MINUTE_MS) % 60));
    const [hour, sum, before] = rested.hour;
    rested =
      hour === hourOf(at)
        ? { ...rested, hour: [hour, sum, before + part] }
        : { ...leaveHour(rested), hour: [hourOf(at), 0, part] };
    done += part;
  }
  return rested;
}

const round = (value: number): number => significant(value, 4);
