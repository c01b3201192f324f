import type { SendOutcome } from '../../domain/judge-attempt.ts';
import type { OutgoingMessage } from '../../domain/render/outgoing-message.ts';
import { slackMessage, slackReply } from '../../domain/render/slack-message.ts';
import type { ChannelPort } from '../../ports.ts';
import type { SlackCall } from './slack-api.ts';
import { findOwnMessage, type SlackPlace } from './slack-history.ts';

/** Nothing is fetched for what a log line may hold. https://docs.slack.dev/messaging/unfurling-links-in-messages */
const NO_PREVIEW = { unfurl_links: false, unfurl_media: false };

/**
 * One message an alert in each conversation: posted once, updated after that; a line in its thread where a change must be noticed. A message that an
 * earlier attempt may have posted is looked for by its metadata before another is posted.
 * @param conversationOf the conversation of a recipient: itself, or the one that is opened with a person
 */
export function slackChannel(
  call: SlackCall,
  conversationOf: (recipient: string) => Promise<string | Exclude<SendOutcome, { kind: 'sent' }>>,
): ChannelPort {
  return async (message) => {
    const known = placeOf(message.delivery.receipt);
    const outcome = known && (await update(call, known, message));
    if (outcome !== undefined && !isGone(outcome)) return outcome;
    const conversation = known?.channel ?? (await conversationOf(message.delivery.recipient));
    if (typeof conversation !== 'string') return conversation;
    const found = await earlierMessage(call, conversation, message, known?.ts);
    if (found !== undefined && 'kind' in found) return found;
    return found === undefined ? postFirst(call, conversation, message) : update(call, found, message);
  };
}

/** A message that an attempt without an answer may have posted; not the one that is known, which cannot be changed any more. */
async function earlierMessage(call: SlackCall, conversation: string, message: OutgoingMessage, except?: string) {
  const { alert, unsure } = message;
  return unsure && findOwnMessage(call, { conversation, alertId: alert.alertId, except, ...unsure });
}

async function postFirst(call: SlackCall, channel: string, message: OutgoingMessage): Promise<SendOutcome> {
  const posted = await call('chat.postMessage', { channel, ...NO_PREVIEW, ...slackMessage(message) });
  if (posted.kind !== 'ok') return posted;
  return { kind: 'sent', receipt: `${String(posted.answer.channel)}:${String(posted.answer.ts)}` };
}

async function update(call: SlackCall, place: SlackPlace, message: OutgoingMessage): Promise<SendOutcome> {
  const updated = await call('chat.update', { ...place, ...slackMessage(message) });
  if (updated.kind !== 'ok') return updated;
  const receipt = `${place.channel}:${place.ts}`;
  const reply = slackReply(message);
  if (reply === undefined) return { kind: 'sent', receipt };
  const { alertId, revision } = reply.metadata.event_payload;
  const thread = { ts: place.ts, revision };
  const search = { conversation: place.channel, alertId, thread, ...message.unsure! };
  const earlier = message.unsure && (await findOwnMessage(call, search));
  if (earlier !== undefined) return 'kind' in earlier ? earlier : { kind: 'sent', receipt };
  const replied = await call('chat.postMessage', {
    channel: place.channel,
    thread_ts: place.ts,
    ...NO_PREVIEW,
    ...reply,
  });
  return replied.kind === 'ok' ? { kind: 'sent', receipt } : replied;
}

/** Somebody deleted the message, or it is too old to be changed: the alert needs another. */
const isGone = (outcome: SendOutcome): boolean =>
  outcome.kind === 'never' &&
  /^Slack: (message_not_found|edit_window_closed|cant_update_message)\b/.test(outcome.reason);

function placeOf(receipt: string | undefined): SlackPlace | undefined {
  const [channel, ts] = receipt?.split(':') ?? [];
  return channel && ts ? { channel, ts } : undefined;
}
