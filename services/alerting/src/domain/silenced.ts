import type { Alert } from '@lamplighter/contracts';
import type { AlertingPolicy } from './policy/policy.ts';
import type { Silence } from './policy/silence.ts';
import { localTime } from './rota/on-call.ts';

/** What silences are held against: what an alert is about, each by its name. */
export interface About {
  readonly subject: Alert['subject'];
  readonly title: string;
  readonly members?: Alert['members'] | undefined;
}

/** A silence that holds, and its end, epoch milliseconds. */
export interface Holding {
  readonly silence: Silence;
  readonly until: number;
}

/** Silences that hold at an instant, those that hold longest first. */
export const silencesAt = ({ silences }: Pick<AlertingPolicy, 'silences'>, at: number): Holding[] =>
  silences
    .map((silence) => ({ silence, until: localTime(silence.until, silence.zone) }))
    .filter(({ silence: { from, zone }, until }) => at < until && (from === undefined || localTime(from, zone) <= at))
    .sort((a, b) => b.until - a.until);

/** The silence that keeps an alert from being told at an instant; undefined where none does. One of several is silent where all that it names are. Pure. */
export function silenceOf(alert: About, policy: Pick<AlertingPolicy, 'silences'>, at: number): Holding | undefined {
  const holding = silencesAt(policy, at);
  if (holding.length === 0) return undefined;
  const { members = [{ subjectId: alert.subject.id, title: alert.title }] } = alert;
  const own = members.map(({ subjectId, title }) => holding.find(({ silence }) => names(silence, subjectId, title)));
  // The first that ends lets the whole be told.
  return own.includes(undefined) ? undefined : (own as Holding[]).reduce((a, b) => (b.until < a.until ? b : a));
}

/** Whether a name stands in one of the texts, as a whole: `pay` is not `pay-api`. */
function names({ about }: Silence, ...texts: readonly string[]): boolean {
  const isPrefix = about.endsWith('*');
  const name = (isPrefix ? about.slice(0, -1) : about).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const pattern = new RegExp(`(?<![\\w-])${name}${isPrefix ? '' : '(?![\\w-])'}`);
  return texts.some((text) => pattern.test(text));
}
