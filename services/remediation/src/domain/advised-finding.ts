import type { Finding, ProvisioningAdvised } from '@lamplighter/contracts';

export type Advice = ReturnType<typeof ProvisioningAdvised.parse>['data'];

const PREFIX = 'provisioning/';

/** Whether a finding is an advice: its id ends with the name of a function, and not with a time. */
export const isAdvice = (findingId: string): boolean => findingId.startsWith(PREFIX);

/**
 * An advice as what a plan is made for: cold starts that nobody has to wait for. All advices on a resource are one case, opened anew by each; what was planned
 * for an earlier one is found by its id.
 */
export function advisedFinding({ resource, advisedAt, options, basis }: Advice): Finding {
  const findingId = `${PREFIX}${resource.accountId}/${resource.region}/${resource.name}`;
  const { days, coldSharePct } = basis;
  return {
    findingId,
    class: 'cold-starts',
    severity: 'info',
    resource,
    state: 'open',
    revision: 0,
    openedAt: advisedAt,
    updatedAt: advisedAt,
    title: `Environments of ${resource.name} should be ready by the clock`,
    explanation: `Where no environments were kept ready, ${coldSharePct.toFixed(1)} % of the calls met a new one; the schedule is that of the last ${days} days.`,
    evidence: options.map(({ way, extraUsdPerDay, p99Ms, note }) => ({
      text: `${way}: ${extraUsdPerDay.toFixed(2)} USD a day beside doing nothing, 99 of 100 calls below ${Math.round(p99Ms)} ms. ${note}`,
    })),
    causes: [],
    groupKey: findingId,
    confidence: 1,
    lookAt: [],
  };
}
