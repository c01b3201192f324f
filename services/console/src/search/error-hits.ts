import type { ErrorTypeCount, FunctionWindow, SearchHit, WatchedFunction } from '@lamplighter/contracts';
import { errorText } from '@lamplighter/contracts/error-text';
import { holdsText } from '@lamplighter/contracts/holds-text';
import { eachUntil } from '../api/each-until.ts';
import { answerIfAny } from '../api/expect-answer.ts';
import { errorTypesOf } from '../domain/function-view.ts';
import type { Found, Services } from '../ports.ts';
import type { Range } from './search-range.ts';

const MINUTE_MS = 60_000;
/** Minutes are asked for so many at a time: Lambda answers with 6 MB at most, and a busy function's minute takes some kilobytes. */
const PIECE_MS = 6 * 60 * MINUTE_MS;
/** Functions whose minutes are looked through. */
const MOST_FUNCTIONS = 100;
/** More are not answered while somebody waits. */
const MOST_QUESTIONS = 5_000;

export interface ErrorLook {
  readonly text: string;
  readonly functions: readonly WatchedFunction[];
  readonly range: Range;
  /** From then on no minutes are looked through. */
  readonly end: AbortSignal;
}

/** Errors whose text or type holds a text, the most frequent first: of all functions the newest hours first, and `note` where there was no time for all. */
export async function errorHits(
  { audit }: Pick<Services, 'audit'>,
  { text, functions, range, end }: ErrorLook,
): Promise<Pick<Found, 'hits' | 'note'>> {
  const looked = functions.slice(0, MOST_FUNCTIONS);
  if (looked.length === 0) return { hits: [] };
  const pieces = piecesOf(range, Math.floor(MOST_QUESTIONS / looked.length));
  const questions = pieces.flatMap((piece) => looked.map((of) => ({ of, ...piece })));
  const answers = await eachUntil(questions, end, async ({ of: { functionName, accountId, region }, since, until }) => {
    const asked = await audit({ kind: 'windows', functionName, accountId, region, since, until });
    return errorTypesOf(matching(answerIfAny(asked, 'windows')?.windows ?? [], text));
  });
  const hits = looked.flatMap(({ functionName }, at) => {
    const newestFirst = pieces.map((_, piece) => ({ errorTypes: answers[piece * looked.length + at] ?? [] }));
    return errorTypesOf(newestFirst.toReversed()).map((error) => hitOf(functionName, error));
  });
  const notes = [
    functions.length > looked.length &&
      `Errors were looked for in ${looked.length} of ${functions.length.toLocaleString('en')} functions.`,
    notLooked(questions.find((_, at) => answers[at] === undefined)?.until ?? pieces.at(-1)?.since, range),
  ].filter((note) => typeof note === 'string');
  hits.sort((a, b) => b.count - a.count);
  return { hits, ...(notes.length > 0 && { note: notes.join(' ') }) };
}

const notLooked = (before: number | undefined, { since }: Range): string | false =>
  before !== undefined &&
  before > since &&
  `There was no time to look through all errors before ${new Date(before).toISOString()}.`;

/** The newest first. Where two meet, a minute begins: none is counted twice. */
function piecesOf({ since, until }: Range, most: number): Range[] {
  const pieces: Range[] = [];
  for (let end = until; end > since && pieces.length < most; end = pieces.at(-1)!.since) {
    const begin = end - PIECE_MS;
    pieces.push({ since: Math.max(since, begin - (begin % MINUTE_MS)), until: end });
  }
  return pieces;
}

function matching(windows: readonly FunctionWindow[], text: string): Pick<FunctionWindow, 'errorTypes'>[] {
  return windows.map(({ errorTypes = [] }) => ({
    errorTypes: errorTypes.filter(
      ({ errorType = '', template }) => holdsText(template, text) || holdsText(errorType, text),
    ),
  }));
}

const hitOf = (
  functionName: string,
  { errorType, template, count, exampleRequestId }: ErrorTypeCount,
): Extract<SearchHit, { kind: 'error' }> => ({
  kind: 'error',
  functionName,
  requestId: exampleRequestId,
  count,
  detail: errorText(errorType, template),
});
