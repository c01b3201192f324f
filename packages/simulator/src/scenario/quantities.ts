import * as z from 'zod';

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const RATE_SECONDS: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3_600, day: 86_400 };

const SPAN = 'a span is written like 250ms, 90s or 6h30m';
const RATE = 'a rate is written like 100/s, 1000000/min or 16000/day';

/** Beyond what a Region serves; keeps counts far within whole numbers. */
const MOST_PER_SECOND = 1e8;

/** A span as people write it, in milliseconds: `250ms`, `90s`, `6h30m`, `1d`. */
export const DurationText = z
  .string(SPAN)
  .regex(/^(\d+(\.\d+)?(ms|s|m|h|d))+$/, SPAN)
  .transform((text) => {
    let total = 0;
    for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g))
      total += Number(number) * UNIT_MS[unit!]!;
    return total;
  });

/** Requests a second, as people write rates: `100/s`, `1000000/min`, `16000/day`. */
export const RateText = z
  .string(RATE)
  .regex(/^\d+(\.\d+)?\/(s|min|h|day)$/, RATE)
  .transform((text) => {
    const [number, unit] = text.split('/');
    return Number(number) / RATE_SECONDS[unit!]!;
  })
  .refine((rate) => rate <= MOST_PER_SECOND, 'a rate is at most 100000000/s');

/** The name of a resource, as AWS would take it. */
export const ResourceName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'a name has letters, digits, - and _, at most 64');
export const Percent = z.number().min(0).max(100);
/** Lambda's range; https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MemoryMb = z.number().int().min(128).max(10_240);
/** Lambda's range, 900 s. */
export const TimeoutMs = DurationText.refine((ms) => ms >= 1 && ms <= 900_000, 'a timeout is at most 900s');
