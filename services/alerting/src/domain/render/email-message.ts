import { cut } from '../signals/bound-signal.ts';
import { memberLines } from './member-lines.ts';
import type { OutgoingMessage } from './outgoing-message.ts';
import { stateLine } from './state-line.ts';

export interface EmailMessage {
  readonly subject: string;
  readonly text: string;
}

const SUBJECT_LIMIT = 200;

/** Plain text: whatever a log line holds stays text. The subject keeps to one line. */
export function emailMessage({ alert, delivery, answerUrl }: OutgoingMessage): EmailMessage {
  const tag = alert.state === 'open' ? alert.severity : alert.state;
  const asked = alert.state === 'closed' ? [] : (alert.approvals ?? []);
  const approvals = asked.filter(({ approver }) => approver === delivery.person);
  return {
    subject: cut(`[${tag}] ${oneLine(alert.title)}`, SUBJECT_LIMIT),
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
  };
}

const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ');
