import type { WatchedFunction } from '@lamplighter/contracts';
import { errorText } from '@lamplighter/contracts/error-text';
import { eachOf } from '../api/each-of.ts';
import { answerIfAny } from '../api/expect-answer.ts';
import { listen } from '../api/listen.ts';
import { errorTypesOf } from '../domain/function-view.ts';
import { lineHit } from '../domain/line-hit.ts';
import { lookUntil } from '../domain/look-until.ts';
import type { SearchHit } from '../domain/search-hit.ts';
import type { Found, LinesPort, Services, TextSearchPort } from '../ports.ts';
import { knownFunctions } from './known-functions.ts';

const HOUR_MS = 3_600_000;
/** Functions whose minutes are looked through for an error's text. */
const MOST_FUNCTIONS = 100;
/** Log groups whose lines are looked through: CloudWatch Logs allows five FilterLogEvents a second in small regions. */
const MOST_LOG_GROUPS = 30;
const MOST_LINES = 30;

/**
 * Searches text without an index: findings among the newest two hundred, errors in the last hour's windows of a hundred functions, and the last
 * hour's log lines themselves, in thirty log groups. Any part of a text is found; in log lines only as it is written there.
 */
export function embeddedTextSearch(services: Services, lines: LinesPort, now: () => number): TextSearchPort {
  return async (text) => {
    const heard = listen(services);
    const { functions } = await knownFunctions(heard.services, now);
    const [findings, errors, written] = await Promise.all([
      findingHits(heard.services, text),
      errorHits(heard.services, text, functions, now()),
      lineHits(lines, text, functions, now()),
    ]);
    const unanswered = heard.unanswered();
    return {
      ...written,
      hits: [...findings, ...errors, ...written.hits],
      ...(unanswered.length > 0 && { unanswered }),
    };
  };
}

async function lineHits(
  read: LinesPort,
  text: string,
  functions: readonly WatchedFunction[],
  now: number,
): Promise<Found> {
  const groups = [...new Set(functions.map(({ logGroup }) => logGroup))];
  const range = { since: now - HOUR_MS, until: now };
  const { lines, unread, inPart } = await read(groups.slice(0, MOST_LOG_GROUPS), text, range);
  const hits = lines
    .toSorted((a, b) => b.at - a.at)
    .slice(0, MOST_LINES)
    .map((line) => lineHit(line, text));
  const skipped = unread + Math.max(0, groups.length - MOST_LOG_GROUPS);
  const notes = [
    skipped > 0 && `The lines of ${skipped} of ${groups.length} log groups were not looked through.`,
    inPart > 0 && `Those of ${inPart} were looked through only in part: the newest five minutes first.`,
  ].filter((note) => note !== false);
  return notes.length === 0 ? { hits } : { hits, note: notes.join(' ') };
}

async function findingHits({ findings }: Services, text: string): Promise<SearchHit[]> {
  const recent = answerIfAny(await findings({ kind: 'recent', limit: 200 }), 'findings')?.findings ?? [];
  return recent
    .filter(({ title, explanation, resource }) => [title, explanation, resource.name].some((one) => has(one, text)))
    .slice(0, 10)
    .map(({ findingId, title, state }) => ({ kind: 'finding', findingId, detail: `${title} (${state})` }));
}

async function errorHits(
  { audit }: Services,
  text: string,
  functions: readonly WatchedFunction[],
  now: number,
): Promise<SearchHit[]> {
  const until = lookUntil(now);
  const found = await eachOf(functions.slice(0, MOST_FUNCTIONS), async ({ functionName, accountId, region }) => {
    const scope = { functionName, accountId, region, since: until - HOUR_MS, until };
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
