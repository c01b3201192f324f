import * as z from 'zod';
import type { SendOutcome } from '../../domain/judge-attempt.ts';
import type { StoredAlert } from '../../domain/stored-alert.ts';
import type { SlackCall } from './slack-api.ts';

const Messages = z.object({
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
});

/** Newest messages that are looked through, and the leeway for a clock that differs from ours. */
const LOOKED_THROUGH = 200;
const LEEWAY_S = 60;

/**
 * The message about an alert in a conversation or, with `thread`, the reply about its newest revision in a thread; undefined when there is none.
 * https://docs.slack.dev/reference/methods/conversations.history
 */
export async function findOwnMessage(
  call: SlackCall,
  {
    conversation,
    alert,
    thread,
  }: { readonly conversation: string; readonly alert: StoredAlert; readonly thread?: string },
): Promise<{ channel: string; ts: string } | undefined | Exclude<SendOutcome, { kind: 'sent' }>> {
  const oldest = String(alert.openedAt / 1000 - LEEWAY_S);
  const common = { channel: conversation, oldest, limit: LOOKED_THROUGH, include_all_metadata: true };
  const found = await (thread === undefined
    ? call('conversations.history', common)
    : call('conversations.replies', { ...common, ts: thread }));
  if (found.kind !== 'ok') return found;
  const { messages } = Messages.parse(found.answer);
  const own = messages.find(({ ts, metadata }) => {
    const about = metadata?.event_payload;
    if (about?.alertId !== alert.alertId) return false;
    return thread === undefined || (ts !== thread && about.revision === alert.revision);
  });
  return own && { channel: conversation, ts: own.ts };
}
