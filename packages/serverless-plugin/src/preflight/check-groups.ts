import type { SubscriptionOptions } from '../options/lamplighter-options.ts';
import { PluginError } from '../plugin-error.ts';
import type { WatchableGroup } from '../template/watchable-groups.ts';
import { filterNameOf, publishedNames } from '../template/woven-template.ts';
import { whyNotWatching } from './account-policy.ts';
import type { AwsPort } from './aws-port.ts';
import { type FilterTerms, judgeFilters } from './judge-filters.ts';

export interface PreflightResult {
  /** Where Lamplighter takes logs, if the account was asked. */
  readonly destinationArn?: string;
  /** Groups that get the plugin's filter. */
  readonly groups: readonly WatchableGroup[];
  /** Groups that get none, each with a sentence that says why. */
  readonly left: readonly LeftGroup[];
}

export interface LeftGroup {
  readonly name: string;
  /** Watched by something else, or by nothing. */
  readonly isWatched: boolean;
  readonly why: string;
}

/**
 * Asks the account, before anything is deployed, whether Lamplighter is there and every log group has room for one more filter. Throws
 * {@link PluginError} with one line where it is not, and the options do not say what else to do.
 */
export async function checkGroups(
  groups: readonly WatchableGroup[],
  place: { readonly stage: string; readonly region: string },
  options: SubscriptionOptions,
  aws: AwsPort,
): Promise<PreflightResult> {
  const { destination } = publishedNames(place.stage);
  const destinationArn = await aws.parameter(destination);
  if (destinationArn === undefined) throw notDeployed(place, destination);
  const terms = { ownName: filterNameOf(place.stage), destinationArn, limit: options.limit };
  const kept: WatchableGroup[] = [];
  const left: LeftGroup[] = [];
  for (const group of groups) {
    const reason = await reasonToLeave(group, terms, options, aws);
    if (reason === undefined) kept.push(group);
    else left.push(reason);
  }
  return { destinationArn, groups: kept, left };
}

/**
 * What a package, which asks nobody, can tell: groups that the service's own filters fill already. Whether an account policy watches such a
 * one is left to the deploy's own look. Throws {@link PluginError} as {@link checkGroups} does.
 */
export function checkDeclared(groups: readonly WatchableGroup[], options: SubscriptionOptions): PreflightResult {
  const { limit, whenFull } = options;
  const fullGroups = groups.filter(({ declared = [] }) => declared.length >= limit);
  const left = fullGroups.map(({ name, logGroupId, declared = [] }) => {
    const known = name ?? logGroupId;
    const full = isFull(known, declared, limit);
    return whenFull === 'account-policy'
      ? { name: known, isWatched: false, why: `${full}; a deploy asks whether the account's policy watches it` }
      : skipOrFail(known, full, whenFull);
  });
  return { groups: groups.filter((group) => !fullGroups.includes(group)), left };
}

const isFull = (name: string, by: readonly string[], limit: number): string =>
  `${name} has no room for another subscription filter: ${by.join(' and ')} ${by.length === 1 ? 'is' : 'are'} there, and ${limit} ${limit === 1 ? 'is' : 'are'} allowed`;

function skipOrFail(name: string, full: string, whenFull: 'skip' | 'fail'): LeftGroup {
  if (whenFull === 'skip')
    return { name, isWatched: false, why: `${full}; it is skipped: Lamplighter does not watch it` };
  const wayOut =
    'Remove one of them, or set custom.lamplighter.subscriptions.whenFull to skip or account-policy, or raise its limit.';
  throw new PluginError('LAMPLIGHTER_FILTER_LIMIT', `${full}. ${wayOut}`);
}

function notDeployed({ stage, region }: { stage: string; region: string }, parameter: string): PluginError {
  return new PluginError(
    'LAMPLIGHTER_NOT_DEPLOYED',
    `Lamplighter's stage ${stage} is not in ${region}: there is no SSM parameter ${parameter}. Deploy it, or name its stage in custom.lamplighter.stage.`,
  );
}

async function reasonToLeave(
  group: WatchableGroup,
  terms: FilterTerms,
  { whenFull }: SubscriptionOptions,
  aws: AwsPort,
): Promise<LeftGroup | undefined> {
  const name = group.name ?? group.logGroupId;
  // A name that CloudFormation makes up belongs to a group that nobody else knows.
  const existing = group.name === undefined ? [] : await aws.filters(group.name);
  const verdict = judgeFilters(existing, terms, group.declared);
  if (verdict.kind === 'add') return undefined;
  if (verdict.kind === 'subscribed')
    return { name, isWatched: true, why: `${name} is subscribed already, by the filter ${verdict.by}` };
  const full = isFull(name, verdict.by, terms.limit);
  if (whenFull !== 'account-policy') return skipOrFail(name, full, whenFull);
  const policies = (await aws.accountPolicies()).filter(
    ({ destinationArn }) => destinationArn === terms.destinationArn,
  );
  const faults = policies.map((policy) => whyNotWatching(policy, name));
  if (faults.includes(undefined))
    return { name, isWatched: true, why: `${full}; the account's subscription policy watches it` };
  throw noAccountPolicy(full, faults[0]);
}

function noAccountPolicy(full: string, fault: string | undefined): PluginError {
  const [lacking, mend] =
    fault === undefined
      ? ['no subscription policy of the account leads to Lamplighter', 'Have one made']
      : [`the account's subscription policy ${fault}`, 'Have it changed'];
  return new PluginError(
    'LAMPLIGHTER_NO_ACCOUNT_POLICY',
    `${full}, and ${lacking}. ${mend} (docs/owning-one-service.md), or set whenFull to skip.`,
  );
}
