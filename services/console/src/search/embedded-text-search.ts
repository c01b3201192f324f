import type { SearchHit, WatchedFunction } from '@lamplighter/contracts';
import { holdsText } from '@lamplighter/contracts/holds-text';
import { answerIfAny } from '../api/expect-answer.ts';
import { listen } from '../api/listen.ts';
import { lineHit } from '../domain/line-hit.ts';
import type { Found, LinesPort, SearchScope, Services, TextSearchPort } from '../ports.ts';
import { functionsIn } from './known-functions.ts';
import { type Range, rangeOf } from './search-range.ts';

/** Log groups whose lines are looked through: CloudWatch Logs allows five FilterLogEvents a second in small regions. */
const MOST_LOG_GROUPS = 30;
const MOST_LINES = 30;

/**
 * Searches text without an index: findings among the newest two hundred, and log lines themselves, in thirty log groups; of the last hour where no
 * time is named. Any part of a text is found; in log lines only as it is written there.
 */
export function embeddedTextSearch(services: Services, lines: LinesPort, now: () => number): TextSearchPort {
  return async (text, scope = {}) => {
    const heard = listen(services);
    const { functions } = await functionsIn(heard.services, scope, now);
    const [findings, written] = await Promise.all([
      findingHits(heard.services, text, scope),
      lineHits(lines, text, functions, { scope, range: rangeOf(scope, now()) }),
    ]);
    const unanswered = heard.unanswered();
    return {
      ...written,
      hits: [...findings, ...written.hits],
      ...(unanswered.length > 0 && { unanswered }),
    };
  };
}

async function lineHits(
  read: LinesPort,
  text: string,
  functions: readonly WatchedFunction[],
  {
    scope: { limit = MOST_LINES, until = Number.POSITIVE_INFINITY },
    range,
  }: { readonly scope: SearchScope; readonly range: Range },
): Promise<Found> {
  const groups = [...new Set(functions.map(({ logGroup }) => logGroup))];
  const { lines, unread, inPart } = await read(groups.slice(0, MOST_LOG_GROUPS), text, range);
  const hits = lines
    .filter(({ at }) => at < until)
    .toSorted((a, b) => b.at - a.at)
    .slice(0, limit)
    .map((line) => lineHit(line, text));
  const skipped = unread + Math.max(0, groups.length - MOST_LOG_GROUPS);
  const notes = [
    skipped > 0 && `The lines of ${skipped} of ${groups.length} log groups were not looked through.`,
    inPart > 0 && `Those of ${inPart} were looked through only in part: the newest five minutes first.`,
  ].filter((note) => note !== false);
  return notes.length === 0 ? { hits } : { hits, note: notes.join(' ') };
}

async function findingHits(
  { findings }: Services,
  text: string,
  { functionName, since = 0, until = Number.POSITIVE_INFINITY }: SearchScope,
): Promise<SearchHit[]> {
  const recent = answerIfAny(await findings({ kind: 'recent', limit: 200 }), 'findings')?.findings ?? [];
  return recent
    .filter(({ resource }) => functionName === undefined || resource.name === functionName)
    .filter(({ openedAt, resolvedAt = Number.POSITIVE_INFINITY }) => openedAt < until && resolvedAt >= since)
    .filter(({ title, explanation, resource }) =>
      [title, explanation, resource.name].some((one) => holdsText(one, text)),
    )
    .slice(0, 10)
    .map(({ findingId, title, state }) => ({ kind: 'finding', findingId, detail: `${title} (${state})` }));
}
