import type { StoredAlert } from '../stored-alert.ts';
import type { OutgoingMessage } from './outgoing-message.ts';
import { stateLine } from './state-line.ts';

/** Limits of Block Kit: https://docs.slack.dev/reference/block-kit/blocks */
const HEADER_LIMIT = 150;
const SECTION_LIMIT = 3_000;

const MARKS = { info: ':information_source:', warning: ':warning:', critical: ':rotating_light:' } as const;

export interface SlackMessage {
  /** For notifications, and for readers that show no blocks. */
  readonly text: string;
  readonly blocks: readonly object[];
  /** By which a message that may have been sent is found again. */
  readonly metadata: {
    readonly event_type: 'lamplighter_alert';
    readonly event_payload: { alertId: string; revision: number };
  };
}

/** The alert as it stands now; the buttons answer it. */
export function slackMessage({ alert, answerUrl }: OutgoingMessage): SlackMessage {
  const mark = alert.state === 'closed' ? ':white_check_mark:' : MARKS[alert.severity];
  return {
    text: `${mark} ${escapeSlack(alert.title)}`,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(alert.title, HEADER_LIMIT), emoji: false } },
      { type: 'section', text: { type: 'mrkdwn', text: cut(`${mark} ${escapeSlack(alert.text)}`, SECTION_LIMIT) } },
      { type: 'context', elements: [{ type: 'mrkdwn', text: escapeSlack(stateLine(alert)) }] },
      ...(alert.state === 'closed' ? [] : [{ type: 'actions', elements: buttonsOf(alert, answerUrl) }]),
    ],
    metadata: {
      event_type: 'lamplighter_alert',
      event_payload: { alertId: alert.alertId, revision: alert.revision },
    },
  };
}

/** One line for the thread, where a change has to be noticed. */
export function slackReply(alert: StoredAlert): string | undefined {
  if (alert.lastChange === 'escalated') return `Nobody has taken it on. ${escapeSlack(stateLine(alert))}`;
  return alert.state === 'closed' || alert.state === 'acknowledged' ? escapeSlack(stateLine(alert)) : undefined;
}

/** Text from logs is shown, not obeyed: no mention, no link, no channel call. https://docs.slack.dev/messaging/formatting-message-text#escaping */
export const escapeSlack = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function buttonsOf(alert: StoredAlert, answerUrl: string | undefined): object[] {
  const button = (action: string, label: string, style?: 'primary' | 'danger') => ({
    type: 'button',
    action_id: `alert-${action}`,
    value: alert.alertId,
    text: { type: 'plain_text', text: label },
    ...(style && { style }),
  });
  return [
    ...(alert.state === 'acknowledged' ? [] : [button('acknowledge', 'I take it on', 'primary')]),
    button('snooze', 'Snooze 1 hour'),
    button('close', 'Close'),
    ...(answerUrl === undefined
      ? []
      : [{ type: 'button', action_id: 'alert-open', url: answerUrl, text: { type: 'plain_text', text: 'Details' } }]),
  ];
}

const cut = (text: string, limit: number): string => (text.length <= limit ? text : `${text.slice(0, limit - 1)}…`);
