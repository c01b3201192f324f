/** What a budget says of itself, as AWS writes it: amounts with their unit. */
export interface BudgetWords {
  readonly name?: string;
  readonly budgeted?: string;
  readonly threshold?: string;
  readonly amount?: string;
}

/** A message of AWS Budgets: prose with a line for each figure. */
export const aBudgetMessage = ({
  name = 'rooms',
  budgeted = '$100.00',
  threshold = '> $80.00',
  amount = '$85.12',
}: BudgetWords = {}): string => `AWS Budget Notification January 15, 2026
AWS Account 123456789012

Dear AWS Customer,

You requested that we alert you when the ACTUAL Cost associated with your ${name} budget is ${threshold.replace('>', 'greater than')} for the current month. The ACTUAL Cost associated with this budget is ${amount}. You can find additional details below and by accessing the AWS Budgets dashboard [1].

Budget Name: ${name}
Budget Type: Cost
Budgeted Amount: ${budgeted}
Alert Type: ACTUAL
Alert Threshold: ${threshold}
ACTUAL Amount: ${amount}

[1] https://console.aws.amazon.com/billing/home#/budgets
`;
