import * as z from 'zod';
import { DurationText, RateText } from '../scenario/quantities.ts';
import { parseCsvSeries } from './csv-series.ts';

const Steady = { arrivals: z.enum(['poisson', 'even']).default('poisson') };

/**
 * How many requests a second ask for something, by the time since the scenario began. `arrivals: poisson` draws counts and moments by chance;
 * `even` spaces them evenly, for sums to the cent.
 */
export const Curve = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), rate: RateText, ...Steady }),
  /** From one rate to another, then level. */
  z.strictObject({ kind: z.literal('ramp'), from: RateText, to: RateText, over: DurationText, ...Steady }),
  /** A day (or another `period`) of sine shape between two rates, with log-normal noise from minute to minute. */
  z.strictObject({
    kind: z.literal('seasonal'),
    low: RateText,
    high: RateText,
    period: DurationText.refine((ms) => ms >= 1_000, 'a period is at least 1s').prefault('24h'),
    /** When within the period the highest rate comes. */
    highAt: DurationText.prefault('14h'),
    noisePct: z.number().min(0).max(200).default(0),
    ...Steady,
  }),
  /** `quiet`, then an exponential climb to `peak`, level, and an exponential decline. The defaults are the announced Black Friday. */
  z.strictObject({
    kind: z.literal('black-friday'),
    floor: RateText.prefault('100/s'),
    peak: RateText.prefault('100000/s'),
    climbFrom: DurationText.prefault('1m'),
    peakFrom: DurationText.prefault('5m'),
    peakFor: DurationText.prefault('30m'),
    decline: DurationText.prefault('6h'),
    ...Steady,
  }),
  /** Requests of each minute, as lines of a number or `time,number`; after the last line nothing comes. */
  z.strictObject({ kind: z.literal('csv'), perMinute: z.string().transform(parseCsvSeries), ...Steady }),
]);
export type Curve = z.infer<typeof Curve>;

const MINUTE_MS = 60_000;
/** What an exponential climb begins with where it begins with nothing, requests a second. */
const LEAST_RATE = 1e-3;

/** Expected requests a second at a time since the start. `noise(minute)` is a standard normal draw that belongs to the minute. */
export function rateAt(curve: Curve, elapsedMs: number, noise: (minute: number) => number): number {
  switch (curve.kind) {
    case 'constant':
      return curve.rate;
    case 'ramp':
      return curve.from + (curve.to - curve.from) * Math.min(1, elapsedMs / curve.over);
    case 'seasonal': {
      const phase = (2 * Math.PI * (elapsedMs - curve.highAt)) / curve.period;
      const shape = (curve.low + curve.high) / 2 + ((curve.high - curve.low) / 2) * Math.cos(phase);
      if (curve.noisePct === 0) return shape;
      const sigma = curve.noisePct / 100;
      return shape * Math.exp(sigma * noise(Math.floor(elapsedMs / MINUTE_MS)) - (sigma * sigma) / 2);
    }
    case 'black-friday':
      return blackFriday(curve, elapsedMs);
    case 'csv':
      return (curve.perMinute[Math.floor(elapsedMs / MINUTE_MS)] ?? 0) / 60;
  }
}

function blackFriday(curve: Extract<Curve, { kind: 'black-friday' }>, elapsedMs: number): number {
  const { floor, peak, climbFrom, peakFrom, peakFor, decline } = curve;
  if (elapsedMs < climbFrom) return floor;
  if (elapsedMs < peakFrom && peakFrom > climbFrom)
    return between(floor, peak, (elapsedMs - climbFrom) / (peakFrom - climbFrom));
  const over = elapsedMs - peakFrom - peakFor;
  return over <= 0 ? peak : between(peak, floor, Math.min(1, over / decline));
}

/** Grows by the same factor in every equal time. */
const between = (from: number, to: number, share: number): number => {
  const least = Math.max(from, LEAST_RATE);
  return least * (Math.max(to, LEAST_RATE) / least) ** share;
};
