import type { Delivery } from '../delivery.ts';
import type { StoredAlert } from '../stored-alert.ts';
import { escapeSlack } from './slack-escape.ts';

/** Whom a message calls, in Slack's own marks. */
export interface SlackCallOut {
  readonly text: string;
  /** Somebody has no member ID in the policy, so that only what everybody sees can reach them. */
  readonly hasUnknown: boolean;
}

/**
 * Whom an alert that is in nobody's hands calls; undefined where nobody is. Slack tells those who are named, and of a line in a thread nobody else but who
 * follows it: https://docs.slack.dev/messaging/formatting-message-text#mentioning-users
 */
export function slackCallOut({ state }: StoredAlert, { calls }: Delivery): SlackCallOut | undefined {
  if (state !== 'open' || calls === undefined || calls.who.length === 0) return undefined;
  const { who } = calls;
  if (who === 'everybody') return { text: '<!channel>', hasUnknown: false };
  const marks = who.map(({ person, slackUser }) => escapeSlack(slackUser ?? person));
  return {
    text: who.map(({ slackUser }, index) => (slackUser ? `<@${marks[index]}>` : marks[index]!)).join(' '),
    hasUnknown: who.some(({ slackUser }) => !slackUser),
  };
}
