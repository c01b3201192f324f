import type { AlertSignal } from '../alert-signal.ts';
import { type BudgetNotice, budgetNotice } from './budget-notice.ts';
import type { TopicMessage } from './topic-message.ts';

/**
 * A notification of AWS Budgets, a warning. It has no end that AWS would tell, so each is a subject of its own; those of one threshold are one alert while it is
 * open, and the next threshold is the next alert. What cannot be read is told as it was written: nobody may miss it for want of a line.
 */
export function signalFromBudget({ MessageId, TopicArn, Subject, Message, Timestamp }: TopicMessage): AlertSignal {
  const at = Date.parse(Timestamp);
  const notice = budgetNotice(Message);
  return {
    kind: 'open',
    groupKey: notice === undefined ? `topic/${TopicArn}/${Subject ?? ''}` : groupKeyOf(notice),
    subject: { kind: 'budget', id: MessageId },
    ...(notice && { names: [notice.budgetName] }),
    revision: at,
    severity: 'warning',
    title: notice === undefined ? Subject || `A message of ${TopicArn.split(':').at(-1)}` : titleOf(notice),
    text: Message,
    at,
  };
}

const groupKeyOf = ({ account, budgetName, alertType, threshold }: BudgetNotice): string =>
  `budget/${account}/${budgetName}/${alertType}/${threshold}`;

const titleOf = ({ budgetName, alertType, amount, threshold, budgeted }: BudgetNotice): string =>
  `Budget ${budgetName}: ${alertType.toLowerCase()} ${amount ?? 'amount'} of ${budgeted}, threshold ${threshold}`;
