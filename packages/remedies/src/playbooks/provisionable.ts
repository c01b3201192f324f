import type { RemedyContext } from '../remedy-context.ts';

/** What provisioning has to leave to the functions of an account without a reservation: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const KEPT_UNRESERVED = 100;

/**
 * How many of the wanted environments may be kept ready of a version; 0 where none. A function with a reservation provisions out of it, and what it provisions
 * altogether is refused to its other versions: they keep what they use. One without takes from all functions that have none, and all or nothing is kept.
 * A version that starts from a snapshot has none (https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html): a schedule would stand, and never do anything.
 */
export function provisionable(
  wanted: number,
  version: string,
  { function: settings, traffic: { byVersion = [], peakConcurrency } }: Pick<RemedyContext, 'function' | 'traffic'>,
): number {
  if (settings === undefined || settings.snapStarted?.includes(version)) return 0;
  const { reservedConcurrency, unreservedConcurrency } = settings;
  if (reservedConcurrency === undefined) return wanted <= unreservedConcurrency - KEPT_UNRESERVED ? wanted : 0;
  const callsOf = (those: typeof byVersion) => those.reduce((sum, { calls }) => sum + calls, 0);
  const elsewhere = callsOf(byVersion.filter((one) => one.version !== version)) / Math.max(1, callsOf(byVersion));
  return Math.max(0, Math.min(wanted, reservedConcurrency - Math.ceil(peakConcurrency * elsewhere)));
}
