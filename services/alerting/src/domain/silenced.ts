import type { AlertingPolicy } from './policy/policy.ts';
import type { Silence } from './policy/silence.ts';
import { localTime } from './rota/on-call.ts';
import type { StoredAlert } from './stored-alert.ts';

/** A silence that holds, and its end, epoch milliseconds. */
export interface Holding {
  readonly silence: Silence;
  readonly until: number;
}

/** Silences that hold at an instant, those that hold longest first. */
export const silencesAt = ({ silences }: Pick<AlertingPolicy, 'silences'>, at: number): Holding[] =>
  silences
    .map((silence) => ({ silence, until: localTime(silence.until, silence.zone) }))
    .filter(({ silence: { from, zone }, until }) => at < until && localTime(from, zone) <= at)
    .sort((a, b) => b.until - a.until);

/**
 * The silence that keeps an alert from being told at an instant; undefined where none does. One of several is silent where all that it is about are; what bears
 * no name, and an alert of the version before, where everything is. Pure.
 */
export function silenceOf(
  { about = [[]] }: Pick<StoredAlert, 'about'>,
  policy: Pick<AlertingPolicy, 'silences'>,
  at: number,
): Holding | undefined {
  const holding = silencesAt(policy, at);
  const own = about.map((names) => holding.find(({ silence }) => isMeant(silence, names)));
  // The first that ends lets the whole be told.
  return own.includes(undefined) ? undefined : (own as Holding[]).reduce((a, b) => (b.until < a.until ? b : a));
}

/** Whether a silence means what bears one of the names: `pay` is not `pay-api`. */
function isMeant({ about }: Silence, names: readonly string[]): boolean {
  if (about === '*') return true;
  const beginning = about.endsWith('*') ? about.slice(0, -1) : undefined;
  return names.some((name) => (beginning === undefined ? name === about : name.startsWith(beginning)));
}
