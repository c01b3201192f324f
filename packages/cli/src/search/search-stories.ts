import type { InvocationStory, SearchHit } from '@lamplighter/contracts';
import { errorText } from '@lamplighter/contracts/error-text';
import { holdsText } from '@lamplighter/contracts/holds-text';
import type { Found, Wanted } from './ask-search.ts';

const MOST_HITS = 50;

type Hit<Kind extends SearchHit['kind']> = Extract<SearchHit, { kind: Kind }>;

/**
 * Looks through stories for what a text may mean, as a deployment's search does: a request, a message or a function by its name, errors and log
 * lines by a part of their text, in any case. The newest lines are kept, and `note` says of how many.
 */
export async function searchStories(stories: AsyncIterable<InvocationStory>, wanted: Wanted): Promise<Found> {
  const { limit = MOST_HITS } = wanted;
  const named = new Map<string, SearchHit>();
  const errors = new Map<string, Hit<'error'>>();
  const lines: Hit<'line'>[] = [];
  let lineCount = 0;
  for await (const story of stories) {
    if (wanted.functionName !== undefined && story.invocation.functionName !== wanted.functionName) continue;
    for (const hit of namedIn(story, wanted)) named.set(`${hit.kind} ${hit.detail} ${keyOf(hit)}`, hit);
    for (const hit of errorsIn(story, wanted)) {
      const key = `${hit.functionName} ${hit.detail}`;
      errors.set(key, { ...hit, count: hit.count + (errors.get(key)?.count ?? 0) });
    }
    const found = linesIn(story, wanted);
    lineCount += found.length;
    lines.push(...found);
    if (lines.length > 2 * limit + 1_000) keepNewest(lines, limit);
  }
  keepNewest(lines, limit);
  const often = [...errors.values()].sort((a, b) => b.count - a.count);
  const hits = [...named.values(), ...often, ...lines].slice(0, limit);
  const shown = hits.filter(({ kind }) => kind === 'line').length;
  const note = `The newest ${shown} of ${lineCount.toLocaleString('en-US')} lines.`;
  return { hits, ...(shown < lineCount && { note }) };
}

const keyOf = (hit: SearchHit): string => ('requestId' in hit ? (hit.requestId ?? '') : '');

function keepNewest(lines: Hit<'line'>[], limit: number): void {
  lines.sort((a, b) => b.at - a.at);
  lines.splice(limit);
}

function namedIn({ invocation }: InvocationStory, { text, since, until }: Wanted): SearchHit[] {
  const { requestId, functionName, accountId, region, status, errorMessage, messages, startedAt } = invocation;
  if (!isIn(startedAt, { since, until })) return [];
  const hits: SearchHit[] = messages
    .filter(({ stream, sequenceNumber }) => isMessage(text, stream, sequenceNumber))
    .map((message) => ({
      kind: 'message',
      ...message,
      requestId,
      detail: `${functionName ?? 'a function'}: ${status}`,
    }));
  if (requestId.toLowerCase() === text.toLowerCase())
    hits.push({
      ...{ kind: 'request', requestId, ...(functionName && { functionName }) },
      detail: errorMessage === undefined ? status : `${status}: ${errorMessage}`,
    });
  if (functionName !== undefined && holdsText(functionName, text))
    hits.push({ kind: 'function', functionName, accountId, region, detail: `${accountId}, ${region}` });
  return hits;
}

/** `4961…`, `orders 4961…`, or the stream's ARN in place of its name. */
function isMessage(text: string, stream: string, sequenceNumber: string): boolean {
  if (text === sequenceNumber) return true;
  const [, named, number] = /^(\S+?)[\s:#]+(\d+)$/.exec(text) ?? [];
  return number === sequenceNumber && named !== undefined && (stream === named || stream.endsWith(`/${named}`));
}

function errorsIn({ invocation, attempts }: InvocationStory, { text, ...range }: Wanted): Hit<'error'>[] {
  const { requestId, functionName = invocation.logGroup } = invocation;
  return attempts
    .filter(({ startedAt }) => isIn(startedAt, range))
    .map(({ errorType, errorMessage }) => errorText(errorType, errorMessage))
    .filter((detail) => detail !== '' && holdsText(detail, text))
    .map((detail) => ({ kind: 'error', functionName, requestId, count: 1, detail }));
}

function linesIn({ invocation, lines }: InvocationStory, { text, ...range }: Wanted): Hit<'line'>[] {
  const { requestId, functionName = invocation.logGroup } = invocation;
  return lines
    .filter(
      ({ source, message, timestamp }) =>
        source === 'application' && isIn(timestamp, range) && holdsText(message, text),
    )
    .map(({ timestamp: at, message }) => ({ kind: 'line', at, functionName, requestId, detail: message.trim() }));
}

/** What has no time is of any. */
const isIn = (at: number | undefined, { since = 0, until = Number.POSITIVE_INFINITY }: Partial<Wanted>): boolean =>
  at === undefined || (at >= since && at < until);
