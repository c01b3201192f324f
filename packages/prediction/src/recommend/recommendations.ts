import type { Recommendation, Resource } from '../breach/limit.ts';
import type { WatchedLimit } from '../breach/watched-limit.ts';
import { capacityRecommendations } from './capacity-recommendations.ts';

/** Room above what is foreseen. */
const HEADROOM = 1.2;
/** Service Quotas' code of Lambda's concurrent executions. */
const CONCURRENCY_QUOTA = 'L-B99A9384';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LONGEST_TIMEOUT_MS = 900_000;

/** What helps before a limit is hit, each with its price; nothing where only the owner's code helps. */
export function recommendationsFor(resource: Resource, limit: WatchedLimit, highest: number): Recommendation[] {
  if (limit.capacity !== undefined) return capacityRecommendations(limit.capacity, limit, highest);
  // What is reserved is not lent: it comes on top.
  const reserved = Math.max(0, (limit.quota ?? limit.value) - limit.value);
  const wanted = roundUp(Math.max(highest, limit.value) * HEADROOM + reserved);
  switch (limit.kind) {
    case 'account-concurrency':
      return [
        {
          action: 'request-quota-increase',
          parameters: { quotaCode: CONCURRENCY_QUOTA, value: wanted },
          costPerHourUsd: 0,
          effect: `Room for ${wanted.toLocaleString('en-US')} environments, reservations included; AWS answers within hours to days.`,
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
      if (limit.value >= LONGEST_TIMEOUT_MS)
        return [
          {
            action: 'divide-work',
            parameters: { functionName: resource.name },
            costPerHourUsd: 0,
            effect:
              'There is no longer timeout than 900 seconds: work in smaller parts, or where there is no such limit.',
          },
        ];
      return [
        {
          action: 'set-timeout',
          parameters: {
            functionName: resource.name,
            seconds: Math.ceil(Math.min(LONGEST_TIMEOUT_MS, 1.5 * limit.value) / 1000),
          },
          costPerHourUsd: 0,
          effect: 'Time to find what is slow; calls that hang are paid for longer.',
        },
      ];
    case 'budget':
      return [
        {
          action: 'review-costs',
          parameters: { monthUsd: Number(limit.value.toFixed(2)) },
          costPerHourUsd: 0,
          effect:
            'The functions that cost most, and what other memory sizes would cost: `lamplighter cost`, `lamplighter rightsize`.',
        },
      ];
    case 'storage':
      return [
        {
          action: 'delete-old-versions',
          parameters: { keep: 3 },
          costPerHourUsd: 0,
          effect: 'Versions that no alias names take room and serve nobody.',
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
