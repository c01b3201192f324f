import type { PolicyProblem } from './dangling-names.ts';
import type { AlertingPolicy } from './policy.ts';

/** Slack's ID of a channel, a private channel or a direct message. */
const CONVERSATION_ID = /^[CGD][A-Z0-9]+$/;

/**
 * Slack conversations that are given by name: Slack posts to `#ops`, but looks for an earlier message by ID alone, so that one whose answer was lost could
 * not be found again. https://docs.slack.dev/reference/methods/conversations.history
 */
export function namedConversations({ channels }: Pick<AlertingPolicy, 'channels'>): PolicyProblem[] {
  return Object.entries(channels).flatMap(([name, channel]) =>
    channel.type === 'slack' && !CONVERSATION_ID.test(channel.conversation)
      ? [
          {
            path: ['channels', name, 'conversation'],
            message: 'it has to be an ID such as C0123ABCD: in Slack, at the end of the details of the channel',
          },
        ]
      : [],
  );
}
