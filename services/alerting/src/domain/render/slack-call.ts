import type { Delivery } from '../delivery.ts';
import type { StoredAlert } from '../stored-alert.ts';
import { escapeSlack } from './slack-escape.ts';

/** Whom a message calls, in Slack's own marks. */
export interface SlackCallOut {
  readonly text: string;
  /** Somebody has no member ID in the policy, so that only what everybody sees can reach them. */
  readonly hasUnknown: boolean;
}

/** All that Slack calls by ID fits: 80 recipients at most. Names that call nobody are cut where 80 long ones would burst a block. */
const LENGTH_LIMIT = 2_000;

/**
 * Whom an alert that is in nobody's hands calls; undefined where nobody is. Slack tells those who are named, and of a line in a thread nobody else but who
 * follows it: https://docs.slack.dev/messaging/formatting-message-text#mentioning-users
 */
export function slackCallOut({ state }: StoredAlert, { calls }: Delivery): SlackCallOut | undefined {
  if (state !== 'open' || calls === undefined || calls.who.length === 0) return undefined;
  const { who } = calls;
  if (who === 'everybody') return { text: '<!channel>', hasUnknown: false };
  const marks = who.flatMap(({ slackUser }) => (slackUser ? [`<@${escapeSlack(slackUser)}>`] : []));
  const names = who.flatMap(({ person, slackUser }) => (slackUser ? [] : [escapeSlack(person)]));
  return { text: fitting([...marks, ...names]), hasUnknown: names.length > 0 };
}

/** As many as fit, and how many more there are. */
function fitting(called: readonly string[]): string {
  let text = '';
  for (const [index, one] of called.entries()) {
    const longer = `${text} ${one}`;
    if (longer.length > LENGTH_LIMIT) return `${text.trim()} and ${called.length - index} more`;
    text = longer;
  }
  return text.trim();
}
