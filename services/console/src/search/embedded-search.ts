import type { WatchedFunction } from '@lamplighter/contracts';
import { eachOf } from '../api/each-of.ts';
import { answerIfAny } from '../api/expect-answer.ts';
import { errorTypesOf } from '../domain/function-view.ts';
import type { SearchHit } from '../domain/search-hit.ts';
import { searchTerms } from '../domain/search-terms.ts';
import type { SearchPort, Services } from '../ports.ts';

const HOUR_MS = 3_600_000;
const MOST_HITS = 50;
/** Functions whose minutes are looked through for an error's text, and whose messages tell the streams there are. */
const MOST_FUNCTIONS = 100;
const MOST_STREAMS = 20;

/**
 * Searches without an index: over what the query functions answer. Request ids and messages are found however old; names of functions by any
 * part of them; error texts in the last hour's windows of a hundred functions; findings among the newest two hundred.
 */
export function embeddedSearch(services: Services, now: () => number): SearchPort {
  return async (given) => {
    const terms = searchTerms(given);
    if (terms.requestId !== undefined) return requestHits(services, terms.requestId);
    const functions = await knownFunctions(services);
    const found = await Promise.all([
      terms.message ? messageHits(services, terms.message, functions, now()) : [],
      functionHits(functions, terms.text),
      findingHits(services, terms.text),
      errorHits(services, terms.text, functions, now()),
    ]);
    return found.flat().slice(0, MOST_HITS);
  };
}

async function knownFunctions({ audit }: Services): Promise<readonly WatchedFunction[]> {
  return answerIfAny(await audit({ kind: 'functions', limit: 1000 }), 'functions')?.functions ?? [];
}

async function requestHits({ audit }: Services, requestId: string): Promise<SearchHit[]> {
  const asked = await audit({ kind: 'by-request', requestId });
  const story = answerIfAny(asked, 'story')?.story;
  if (story === undefined) {
    const nearest = answerIfAny(asked, 'not-found')?.nearest ?? [];
    return nearest.map((one) => ({ kind: 'request', requestId: one, detail: 'a similar id' }));
  }
  const { functionName, status, errorMessage } = story.invocation;
  const detail = errorMessage === undefined ? status : `${status}: ${errorMessage.slice(0, 200)}`;
  return [{ kind: 'request', requestId, detail, ...(functionName && { functionName }) }];
}

async function messageHits(
  { audit }: Services,
  { stream, sequenceNumber }: { readonly stream?: string; readonly sequenceNumber: string },
  functions: readonly WatchedFunction[],
  now: number,
): Promise<SearchHit[]> {
  const streams = stream === undefined ? await recentStreams({ audit }, functions, now) : [stream];
  const answers = await eachOf(streams, (name) =>
    audit({ kind: 'by-sequence', stream: name, sequenceNumber, limit: 10 }),
  );
  return answers
    .flatMap((asked) => answerIfAny(asked, 'messages')?.messages ?? [])
    .map(({ requestId, stream: of, sequenceNumber: number, functionName = 'a function', status }) => ({
      kind: 'message',
      requestId,
      stream: of,
      sequenceNumber: number,
      detail: `${functionName}: ${status}`,
    }));
}

/** Streams that the last hour's invocations read from. */
async function recentStreams(
  { audit }: Pick<Services, 'audit'>,
  functions: readonly WatchedFunction[],
  now: number,
): Promise<string[]> {
  const answers = await eachOf(functions.slice(0, MOST_FUNCTIONS), ({ functionName, accountId, region }) =>
    audit({ kind: 'by-function', functionName, accountId, region, since: now - HOUR_MS, until: now, limit: 20 }),
  );
  const streams = answers
    .flatMap((asked) => answerIfAny(asked, 'invocations')?.invocations ?? [])
    .flatMap(({ messages }) => messages.map(({ stream }) => stream));
  return [...new Set(streams)].slice(0, MOST_STREAMS);
}

function functionHits(functions: readonly WatchedFunction[], text: string): SearchHit[] {
  return functions
    .filter(({ functionName }) => has(functionName, text))
    .slice(0, 10)
    .map(({ functionName, accountId, region }) => ({
      kind: 'function',
      functionName,
      detail: `${accountId}, ${region}`,
    }));
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
  const found = await eachOf(functions.slice(0, MOST_FUNCTIONS), async ({ functionName, accountId, region }) => {
    const scope = { functionName, accountId, region, since: now - HOUR_MS, until: now };
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
      detail: errorType === undefined ? template : `${errorType}: ${template}`,
    }));
}

const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
