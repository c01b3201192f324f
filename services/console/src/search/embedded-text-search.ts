import type { SearchHit, WatchedFunction } from '@lamplighter/contracts';
import { errorText } from '@lamplighter/contracts/error-text';
import { eachOf } from '../api/each-of.ts';
import { answerIfAny } from '../api/expect-answer.ts';
import { listen } from '../api/listen.ts';
import { errorTypesOf } from '../domain/function-view.ts';
import { lineHit } from '../domain/line-hit.ts';
import { lookUntil } from '../domain/look-until.ts';
import type { Found, LinesPort, SearchScope, Services, TextSearchPort } from '../ports.ts';
import { functionsIn } from './known-functions.ts';

const HOUR_MS = 3_600_000;
/** An error's text is looked for minute by minute: of a longer time in its last day. */
const MOST_MINUTES_MS = 24 * HOUR_MS;
/** Functions whose minutes are looked through for an error's text. */
const MOST_FUNCTIONS = 100;
/** Log groups whose lines are looked through: CloudWatch Logs allows five FilterLogEvents a second in small regions. */
const MOST_LOG_GROUPS = 30;
const MOST_LINES = 30;

/** Epoch milliseconds. */
interface Range {
  readonly since: number;
  readonly until: number;
}

/**
 * Searches text without an index: findings among the newest two hundred, errors in the windows of a hundred functions, and log lines themselves, in
 * thirty log groups; of the last hour where no time is named. Any part of a text is found; in log lines only as it is written there.
 */
export function embeddedTextSearch(services: Services, lines: LinesPort, now: () => number): TextSearchPort {
  return async (text, scope = {}) => {
    const heard = listen(services);
    const { functions } = await functionsIn(heard.services, scope, now);
    const range = rangeOf(scope, now());
    const [findings, errors, written] = await Promise.all([
      findingHits(heard.services, text, scope),
      errorHits(heard.services, text, functions, minutesOf(scope, range)),
      lineHits(lines, text, functions, { scope, range }),
    ]);
    const unanswered = heard.unanswered();
    return {
      ...written,
      hits: [...findings, ...errors, ...written.hits],
      ...(unanswered.length > 0 && { unanswered }),
    };
  };
}

function rangeOf({ since, until: end }: SearchScope, now: number): Range {
  const until = Math.min(end ?? now, now);
  return { since: since ?? until - HOUR_MS, until };
}

/** Of the last hour its end stays the same for half a minute, so that an answer that is kept is asked for. */
function minutesOf(scope: SearchScope, { since, until }: Range): Range {
  if (scope.since !== undefined || scope.until !== undefined)
    return { since: Math.max(since, until - MOST_MINUTES_MS), until };
  const end = lookUntil(until);
  return { since: end - HOUR_MS, until: end };
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
    .filter(({ title, explanation, resource }) => [title, explanation, resource.name].some((one) => has(one, text)))
    .slice(0, 10)
    .map(({ findingId, title, state }) => ({ kind: 'finding', findingId, detail: `${title} (${state})` }));
}

async function errorHits(
  { audit }: Services,
  text: string,
  functions: readonly WatchedFunction[],
  range: Range,
): Promise<SearchHit[]> {
  const found = await eachOf(functions.slice(0, MOST_FUNCTIONS), async ({ functionName, accountId, region }) => {
    const scope = { functionName, accountId, region, ...range };
    const windows = answerIfAny(await audit({ kind: 'windows', ...scope }), 'windows')?.windows ?? [];
    return errorTypesOf(windows)
      .filter(({ errorType = '', template }) => has(template, text) || has(errorType, text))
      .map(({ errorType, template, count, exampleRequestId }) => ({
        functionName,
        errorType,
        template,
        count,
        exampleRequestId,
      }));
  });
  return found
    .flat()
    .sort((a, b) => b.count - a.count)
    .map(({ functionName, errorType, template, count, exampleRequestId }) => ({
      kind: 'error',
      functionName,
      requestId: exampleRequestId,
      count,
      detail: errorText(errorType, template),
    }));
}

const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
