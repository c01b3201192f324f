/** What AWS Budgets tells of a budget, each as it is written: amounts bear their unit, a threshold its direction (`> $24.00`). */
export interface BudgetNotice {
  readonly account: string;
  readonly budgetName: string;
  readonly budgeted: string;
  /** `ACTUAL` or `FORECASTED`. */
  readonly alertType: string;
  readonly threshold: string;
  /** Absent where the message gives no figure. */
  readonly amount?: string;
}

/**
 * Reads a message of AWS Budgets. It is prose for people with a line for each figure, and nothing else: no JSON, and no description of it by AWS. Undefined
 * where it has other lines. Pure.
 */
export function budgetNotice(text: string): BudgetNotice | undefined {
  const lineOf = (label: string): string | undefined =>
    new RegExp(`^${label}([^\\r\\n]*)`, 'm').exec(text)?.[1]?.trim() || undefined;
  const account = lineOf('AWS Account');
  const budgetName = lineOf('Budget Name:');
  const budgeted = lineOf('Budgeted Amount:');
  const alertType = lineOf('Alert Type:');
  const threshold = lineOf('Alert Threshold:');
  if (!(account && budgetName && budgeted && alertType && threshold)) return undefined;
  const amount = lineOf('[A-Z]+ Amount:');
  return { account, budgetName, budgeted, alertType, threshold, ...(amount !== undefined && { amount }) };
}
