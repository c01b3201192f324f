import type { ApprovalLinks } from '../alert-signal.ts';
import type { StoredAlert } from '../stored-alert.ts';
import { memberLines } from './member-lines.ts';
import type { OutgoingMessage } from './outgoing-message.ts';
import { slackCallOut } from './slack-call.ts';
import { escapeSlack } from './slack-escape.ts';
import { stateLine } from './state-line.ts';

/** Limits of Block Kit: https://docs.slack.dev/reference/block-kit/blocks */
const HEADER_LIMIT = 150;
const SECTION_LIMIT = 3_000;
const URL_LIMIT = 3_000;

const MARKS = { info: ':information_source:', warning: ':warning:', critical: ':rotating_light:' } as const;

export interface SlackMetadata {
  readonly event_type: 'lamplighter_alert';
  readonly event_payload: { readonly alertId: string; readonly revision: number };
}

export interface SlackMessage {
  /** For notifications, and for readers that show no blocks. */
  readonly text: string;
  readonly blocks: readonly object[];
  /** By which a message that may have been sent is found again. */
  readonly metadata: SlackMetadata;
}

/** The alert as it stands now; the buttons answer it. */
export function slackMessage({ alert, delivery, answerUrl }: OutgoingMessage): SlackMessage {
  const mark = alert.state === 'closed' ? ':white_check_mark:' : MARKS[alert.severity];
  const text = cut(escapeSlack(`${mark} ${alert.text}`), SECTION_LIMIT);
  const members = cut(escapeSlack(memberLines(alert).join('\n')), SECTION_LIMIT);
  const called = slackCallOut(alert, delivery);
  return {
    text: `${mark} ${escapeSlack(alert.title)}${called ? ` ${called.text}` : ''}`,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(alert.title, HEADER_LIMIT), emoji: false } },
      // Verbatim: no name or address in a log line becomes a mention or a link.
      { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } },
      ...(members === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text: members, verbatim: true } }]),
      ...(called ? [{ type: 'section', text: { type: 'mrkdwn', text: `For ${called.text}`, verbatim: true } }] : []),
      { type: 'context', elements: [{ type: 'mrkdwn', text: escapeSlack(stateLine(alert)), verbatim: true }] },
      ...(alert.state === 'closed' ? [] : [{ type: 'actions', elements: buttonsOf(alert, answerUrl) }]),
      ...approvalsOf(alert, delivery.person),
    ],
    metadata: metadataOf(alert, alert.revision),
  };
}

export interface SlackReply {
  readonly text: string;
  readonly blocks: readonly object[];
  /** Shown in the conversation, too. */
  readonly reply_broadcast?: true;
  readonly metadata: SlackMetadata;
}

/** One line for the thread, where something that the recipient has not heard of has to be noticed; undefined where nothing has. */
export function slackReply({ alert, delivery }: OutgoingMessage): SlackReply | undefined {
  const { notice } = alert;
  if (notice === undefined || notice.revision <= delivery.sent) return undefined;
  const news = `${escapeSlack(newsOf(alert, notice.change))}${escapeSlack(stateLine(alert))}`;
  const isCalled = delivery.calls !== undefined && delivery.calls.revision > delivery.sent;
  const called = isCalled ? slackCallOut(alert, delivery) : undefined;
  const text = cut(called ? `${called.text} ${news}` : news, SECTION_LIMIT);
  return {
    text,
    // Text alone would be searched for addresses, and they become links.
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }],
    ...(called?.hasUnknown && { reply_broadcast: true }),
    metadata: metadataOf(alert, notice.revision),
  };
}

/** What was not so when the thread was read last; empty where the state says it. */
function newsOf({ title, severity, state }: StoredAlert, change: NonNullable<StoredAlert['notice']>['change']): string {
  if (change === 'worse') return `Now ${severity}: ${title}. `;
  return change === 'escalated' && state === 'open' ? 'Nobody has taken it on. ' : '';
}

const metadataOf = ({ alertId }: StoredAlert, revision: number): SlackMetadata => ({
  event_type: 'lamplighter_alert',
  event_payload: { alertId, revision },
});

function buttonsOf(alert: StoredAlert, answerUrl: string | undefined): object[] {
  const button = (action: string, label: string, style?: 'primary' | 'danger') => ({
    type: 'button',
    action_id: `alert-${action}`,
    value: alert.alertId,
    text: { type: 'plain_text', text: label },
    ...(style && { style }),
  });
  return [
    alert.state === 'acknowledged'
      ? button('acknowledge', 'I take it over')
      : button('acknowledge', 'I take it on', 'primary'),
    button('snooze', 'Snooze 1 hour'),
    button('close', 'Close'),
    ...(answerUrl === undefined ? [] : [linkButton('alert-open', 'Details', answerUrl)]),
  ];
}

/** Approval links stand only where their approver alone reads. */
function approvalsOf({ approvals = [], state }: StoredAlert, person: string | undefined): object[] {
  const own = approvals.find(({ approver }) => approver === person);
  if (own === undefined || state === 'closed' || !fits(own)) return [];
  const elements = [linkButton('approve', 'Approve', own.approveUrl), linkButton('decline', 'Decline', own.declineUrl)];
  return [{ type: 'actions', elements }];
}

const fits = ({ approveUrl, declineUrl }: ApprovalLinks): boolean =>
  Math.max(approveUrl.length, declineUrl.length) <= URL_LIMIT;

const linkButton = (action_id: string, label: string, url: string) => ({
  type: 'button',
  action_id,
  url,
  text: { type: 'plain_text', text: label },
});

/** Cut after escaping, since Slack counts what it is sent; an entity is not cut in two. */
const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/&[a-z]{0,3}$|[\ud800-\udbff]$/, '')}…`;
