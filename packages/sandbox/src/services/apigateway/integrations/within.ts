import type { Clock } from '../../../core/time/clock.ts';

export class TimedOut extends Error {}

/** The work's result, or {@link TimedOut} after so many milliseconds of the clock; the work itself goes on. */
export async function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T> {
  const expired = Promise.withResolvers<never>();
  const timer = clock.schedule(ms, () => expired.reject(new TimedOut(`No answer within ${ms} ms.`)));
  try {
    return await Promise.race([work, expired.promise]);
  } finally {
    timer.cancel();
  }
}
