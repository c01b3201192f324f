const DAY_MS = 86_400_000;

/** When an item may go, epoch seconds as DynamoDB's time to live takes them. */
export function expiryOf(timestamp: number, auditDays: number): number {
  return Math.ceil((timestamp + auditDays * DAY_MS) / 1000);
}
