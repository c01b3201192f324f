import { cutText } from '@lamplighter/contracts/cut-text';
import { memberLines } from './member-lines.ts';
import type { OutgoingMessage } from './outgoing-message.ts';
import { stateLine } from './state-line.ts';

export interface EmailMessage {
  readonly subject: string;
  readonly text: string;
  readonly headers: readonly { readonly Name: string; readonly Value: string }[];
}

const SUBJECT_LIMIT = 200;

/** Plain text: whatever a log line holds stays text. The subject keeps to one line. */
export function emailMessage({ alert, delivery, answerUrl }: OutgoingMessage): EmailMessage {
  const tag = alert.state === 'open' ? alert.severity : alert.state;
  const asked = alert.state === 'closed' ? [] : (alert.approvals ?? []);
  const approvals = asked.filter(({ approver }) => approver === delivery.person);
  return {
    subject: cutText(`[${tag}] ${oneLine(alert.title)}`, SUBJECT_LIMIT),
    text: [
      alert.text,
      '',
      stateLine(alert),
      ...memberLines(alert),
      ...approvals.flatMap(({ approveUrl, declineUrl }) => ['', `Approve: ${approveUrl}`, `Decline: ${declineUrl}`]),
      ...(answerUrl === undefined ? [] : ['', `Take it on, snooze or close it: ${answerUrl}`]),
      '',
      `Alert ${alert.alertId}`,
    ].join('\n'),
    headers: headersOf(alert.alertId),
  };
}

/**
 * No mailbox answers a mail that a machine sent (https://www.rfc-editor.org/rfc/rfc3834#section-5; Exchange has a header of its own), and mails of one alert
 * name one beginning, which was never sent: SES gives each mail an identity of its own. https://docs.aws.amazon.com/ses/latest/dg/header-fields.html
 */
const headersOf = (alertId: string): EmailMessage['headers'] => [
  { Name: 'Auto-Submitted', Value: 'auto-generated' },
  { Name: 'X-Auto-Response-Suppress', Value: 'All' },
  { Name: 'References', Value: `<${alertId}@alerts.lamplighter>` },
];

const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ');
