import type { SendOutcome } from '../../domain/judge-attempt.ts';
import type { OutgoingMessage } from '../../domain/render/outgoing-message.ts';
import { slackMessage, slackReply } from '../../domain/render/slack-message.ts';
import type { ChannelPort } from '../../ports.ts';
import type { SlackCall } from './slack-api.ts';
import { findOwnMessage } from './slack-history.ts';

/** Where an alert's message is: `conversation:timestamp`. */
interface Place {
  readonly channel: string;
  readonly ts: string;
}

/**
 * One message an alert in each conversation: posted once, updated after that; a line in its thread where the change must be noticed. A message that an
 * earlier attempt may have posted is looked for by its metadata before another is posted.
 * @param conversationOf the conversation of a recipient: itself, or the one that is opened with a person
 */
export function slackChannel(
  call: SlackCall,
  conversationOf: (recipient: string) => Promise<string | Exclude<SendOutcome, { kind: 'sent' }>>,
): ChannelPort {
  return async (message) => {
    const known = placeOf(message.delivery.receipt);
    const conversation = known?.channel ?? (await conversationOf(message.delivery.recipient));
    if (typeof conversation !== 'string') return conversation;
    const search = { conversation, alert: message.alert };
    const found = known ?? (message.mayBeSent ? await findOwnMessage(call, search) : undefined);
    if (found !== undefined && 'kind' in found) return found;
    return found === undefined ? postFirst(call, conversation, message) : update(call, found, message);
  };
}

async function postFirst(call: SlackCall, channel: string, message: OutgoingMessage): Promise<SendOutcome> {
  const posted = await call('chat.postMessage', { channel, unfurl_links: false, ...slackMessage(message) });
  if (posted.kind !== 'ok') return posted;
  return { kind: 'sent', receipt: `${String(posted.answer.channel)}:${String(posted.answer.ts)}` };
}

async function update(call: SlackCall, place: Place, message: OutgoingMessage): Promise<SendOutcome> {
  const updated = await call('chat.update', { ...place, ...slackMessage(message) });
  if (updated.kind !== 'ok') return updated;
  const receipt = `${place.channel}:${place.ts}`;
  const reply = slackReply(message.alert);
  if (reply === undefined) return { kind: 'sent', receipt };
  const search = { conversation: place.channel, alert: message.alert, thread: place.ts };
  const earlier = message.mayBeSent ? await findOwnMessage(call, search) : undefined;
  if (earlier !== undefined) return 'kind' in earlier ? earlier : { kind: 'sent', receipt };
  const { metadata } = slackMessage(message);
  const replied = await call('chat.postMessage', {
    channel: place.channel,
    thread_ts: place.ts,
    text: reply,
    metadata,
  });
  return replied.kind === 'ok' ? { kind: 'sent', receipt } : replied;
}

function placeOf(receipt: string | undefined): Place | undefined {
  const [channel, ts] = receipt?.split(':') ?? [];
  return channel && ts ? { channel, ts } : undefined;
}
