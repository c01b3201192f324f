import type { Limit, Recommendation, Resource } from '../breach/limit.ts';

/** Room above what is foreseen. */
const HEADROOM = 1.2;
/** Service Quotas' code of Lambda's concurrent executions. */
const CONCURRENCY_QUOTA = 'L-B99A9384';

/** What helps before a limit is hit, each with its price; nothing where only the owner's code helps. */
export function recommendationsFor(resource: Resource, limit: Limit, highest: number): Recommendation[] {
  const wanted = roundUp(Math.max(highest, limit.value) * HEADROOM);
  switch (limit.kind) {
    case 'account-concurrency':
      return [
        {
          action: 'request-quota-increase',
          parameters: { quotaCode: CONCURRENCY_QUOTA, value: wanted },
          costPerHourUsd: 0,
          effect: `Room for ${wanted.toLocaleString('en-US')} environments; AWS answers within hours to days.`,
        },
        {
          action: 'reserve-concurrency',
          parameters: { for: 'the functions that must not fail' },
          costPerHourUsd: 0,
          effect: 'They keep their share of the quota; the others share what is left, and are throttled sooner.',
        },
      ];
    case 'reserved-concurrency':
      return [
        {
          action: 'set-reserved-concurrency',
          parameters: { functionName: resource.name, value: wanted },
          costPerHourUsd: 0,
          effect: `Room for ${wanted.toLocaleString('en-US')} environments; 100 of the account's must stay unreserved.`,
        },
      ];
    case 'timeout':
      return [
        {
          action: 'set-timeout',
          parameters: { functionName: resource.name, seconds: Math.min(900, Math.ceil((1.5 * limit.value) / 1000)) },
          costPerHourUsd: 0,
          effect: 'Time to find what is slow; calls that hang are paid for longer.',
        },
      ];
    default:
      return [];
  }
}

/** Two digits: 1,217 becomes 1,300. */
function roundUp(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return Math.ceil(value / unit) * unit;
}
