import * as z from 'zod';
import type { SendOutcome } from '../../domain/judge-attempt.ts';
import type { SlackCall } from './slack-api.ts';

/** Where a message is. */
export interface SlackPlace {
  readonly channel: string;
  readonly ts: string;
}

const Page = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({ event_payload: z.object({ alertId: z.string(), revision: z.number() }) })
          .optional()
          .catch(undefined),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Messages that one call gives at most, and calls that one search makes: an attempt's worker has no time for more. */
const PAGE = 200;
const MOST_PAGES = 3;
/** The leeway for clocks that differ: Slack's from ours, and one worker's from another's. */
const LEEWAY_MS = 300_000;

export interface OwnMessageSearch {
  readonly conversation: string;
  readonly alertId: string;
  /** When it may have been sent, epoch milliseconds. */
  readonly since: number;
  readonly until: number;
  /** Of a reply: the thread that it would stand in, and the revision that it tells. */
  readonly thread?: { readonly ts: string; readonly revision: number };
  /** One that is known, and of no use. */
  readonly except?: string | undefined;
}

type Failed = Exclude<SendOutcome, { kind: 'sent' }>;

/**
 * The message about an alert in a conversation or, with `thread`, the reply about one revision in a thread; undefined when there is none. A conversation
 * that says too much to be searched is worth another try: better late, or elsewhere, than twice.
 * https://docs.slack.dev/reference/methods/conversations.history
 */
export async function findOwnMessage(
  call: SlackCall,
  search: OwnMessageSearch,
): Promise<SlackPlace | undefined | Failed> {
  const { conversation, since, until, thread } = search;
  const window = { oldest: seconds(since - LEEWAY_MS), latest: seconds(until + LEEWAY_MS) };
  const common = { channel: conversation, limit: PAGE, include_all_metadata: true, ...window };
  const [method, parameters] = thread
    ? (['conversations.replies', { ...common, ts: thread.ts }] as const)
    : (['conversations.history', common] as const);
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const found = await call(method, { ...parameters, ...(cursor && { cursor }) });
    if (found.kind !== 'ok') return found;
    const { messages, response_metadata } = Page.parse(found.answer);
    const own = messages.find((message) => isOwn(message, search));
    if (own !== undefined) return { channel: conversation, ts: own.ts };
    cursor = response_metadata?.next_cursor;
    if (!cursor) return undefined;
  }
  return { kind: 'later', reason: 'Slack: whether the message is there cannot be told, so much was said since' };
}

function isOwn(
  { ts, metadata }: z.infer<typeof Page>['messages'][number],
  { alertId, thread, except }: OwnMessageSearch,
): boolean {
  const about = metadata?.event_payload;
  if (about?.alertId !== alertId || ts === except) return false;
  return thread === undefined || (ts !== thread.ts && about.revision === thread.revision);
}

const seconds = (ms: number): string => (ms / 1000).toFixed(6);
