import type { AttributedAttempt } from './attributed-attempt.ts';

/**
 * From when on a partial view of a stream tells the same as the whole of it, epoch milliseconds; undefined where more has to be read.
 *
 * A view that begins anywhere may begin amid an invocation. Once two invocations in a row lie in it whole, the second of them and all that
 * follow have all the context they need, unless the view shows an end without its beginning: then something spans what is not seen, as a long
 * invocation does that printed records of others. Only environments that run one invocation at a time are settled so.
 */
export function settledFrom(attempts: readonly AttributedAttempt[], firstDelivered: number): number | undefined {
  const begun = attempts.findIndex(({ attempt }) => !attempt.missing.includes('start'));
  if (begun === -1) return undefined;
  const whole = attempts.slice(begun).map(({ attempt }) => attempt);
  if (whole.some((attempt) => attempt.missing.includes('start'))) return undefined;
  if (whole.some((attempt, index) => index > 0 && attempt.startedAt! < (whole[index - 1]!.endedAt ?? 0)))
    return undefined;
  const before = whole.filter((attempt) => attempt.endedAt !== undefined && attempt.endedAt < firstDelivered);
  const [context, first] = before.slice(-2);
  if (!context || !first || before.length < 2) return undefined;
  if (context.missing.includes('report') || first.missing.includes('report')) return undefined;
  return context.startedAt! < first.startedAt! ? first.startedAt : undefined;
}
