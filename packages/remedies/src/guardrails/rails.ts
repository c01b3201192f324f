import { resourceKeyOf } from '../resource-key.ts';
import { coolDown } from './cool-down.ts';
import { mostInAMonth } from './cost-in-a-month.ts';
import { freezeAt } from './freeze-at.ts';
import type { GuardRequest, Rail } from './guard-request.ts';
import type { GuardrailConfig } from './guardrail-config.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Our own, whatever the configuration says. */
const OWN_PREFIX = 'lamplighter-';

const killSwitch: Rail = (_, { isKilled }) =>
  isKilled ? { rail: 'kill-switch', reason: 'The kill switch is on.', lift: 'Set the kill switch to off.' } : undefined;

/** What has the same name at home is another thing. */
const isHome: Rail = ({ resourceName, elsewhere }) =>
  elsewhere === undefined
    ? undefined
    : {
        rail: 'elsewhere',
        reason: `${resourceName} is of ${elsewhere}, where these repairs do not reach.`,
        lift: 'Deploy Lamplighter there.',
      };

const neverItself: Rail = ({ resourceName, otherNames = [] }, _, { neverTouch }) => {
  const names = [resourceName, ...otherNames];
  const prefix = [OWN_PREFIX, ...neverTouch].find((one) => names.some((name) => name.startsWith(one)));
  if (prefix === undefined) return undefined;
  const name = names.find((one) => one.startsWith(prefix));
  const lift =
    prefix === OWN_PREFIX ? 'Nothing: Lamplighter never changes itself.' : `Take ${prefix} out of neverTouch.`;
  return { rail: 'never-touch', reason: `${name} begins with ${prefix}.`, lift };
};

const isPossible: Rail = ({ obstacle }) => obstacle && { rail: 'obstacle', ...obstacle };

const allowList: Rail = (request, _, config) =>
  allowanceFor(request, config) === undefined
    ? {
        rail: 'allow-list',
        reason: `No entry of the allow-list fits ${request.playbook} on ${request.resourceName} ${stageIn(request, config)}${request.resourceTags === undefined ? ', whose tags are not read' : ''}.`,
        lift: `Add ${request.playbook} to the allow-list, with the stage and tags of the resource.`,
      }
    : undefined;

const stageIn = ({ stage }: GuardRequest, { stageTag }: GuardrailConfig): string =>
  stage === undefined ? `of an unknown stage (no tag ${stageTag})` : `in stage ${stage}`;

const freeze: Rail = (_, { now }, { freezes }) => {
  const found = freezes.find((one) => freezeAt(one, now));
  return (
    found && {
      rail: 'freeze',
      reason: `A change freeze is in force: ${found.why}.`,
      lift: 'Wait for its end, or take it out of freezes.',
    }
  );
};

const blastRadius: Rail = ({ change, remediationId }, { inChange, recent, now }, { blastRadius: limits }) => {
  const others = new Set(
    inChange.filter((one) => one.remediationId !== remediationId).map(({ resourceKey }) => resourceKey),
  );
  others.add(resourceKeyOf(change));
  if (others.size > limits.resources) {
    const reason = `${others.size} resources would be in change at once; ${limits.resources} may.`;
    return { rail: 'blast-radius', reason, lift: 'Wait for the others, or raise blastRadius.resources.' };
  }
  const lastHour = recent.filter(({ at }) => now - at < HOUR_MS).length;
  if (lastHour < limits.changesPerHour) return undefined;
  const reason = `${lastHour} changes were made in the last hour; ${limits.changesPerHour} may.`;
  return { rail: 'blast-radius', reason, lift: 'Wait, or raise blastRadius.changesPerHour.' };
};

/** What a finding led to and was kept is in force until somebody says otherwise. @see services/remediation/README.md */
const OR_TAKE_OVER =
  "or take a kept change over as your own: delete its row of CHANGES from the remediation table, whose sk ends with the repair's id.";

/** Sums of hours and prices are not exact. */
const ROUNDING_USD = 1e-6;

const budget: Rail = (request, { spentPerHourUsd, costs, now }, { budget: limits }) => {
  const { costPerHourUsd } = request;
  const own = { ...request, at: now };
  // Money that is saved lifts no limit for others.
  const hour = spentPerHourUsd + Math.max(0, costPerHourUsd);
  if (costPerHourUsd > 0 && hour > limits.perHourUsd) {
    const reason = `It would make repairs cost $${hour.toFixed(2)} an hour; $${limits.perHourUsd} may.`;
    return { rail: 'budget', reason, lift: `Raise budget.perHourUsd, ${OR_TAKE_OVER}` };
  }
  const month = mostInAMonth([...costs, own], now);
  if (mostInAMonth([own], now) === 0 || month <= limits.perMonthUsd + ROUNDING_USD) return undefined;
  const reason = `It would make repairs cost $${month.toFixed(2)} in a month, what is over among it; $${limits.perMonthUsd} may.`;
  return {
    rail: 'budget',
    reason,
    lift: `Wait until what was spent is a month ago, raise budget.perMonthUsd, ${OR_TAKE_OVER}`,
  };
};

const rollbacks: Rail = (_, { recent, now }, { rollbacksPerDay }) => {
  const undone = recent.filter(({ wasUndone, at }) => wasUndone && now - at < DAY_MS).length;
  if (undone < rollbacksPerDay) return undefined;
  const reason = `${undone} repairs were undone in the last day: something is not understood.`;
  return {
    rail: 'rollbacks',
    reason,
    lift: 'A person looks at it; tomorrow, or with a higher rollbacksPerDay, it goes on.',
  };
};

/** In the order in which a person would ask. */
export const RAILS: readonly Rail[] = [
  killSwitch,
  isHome,
  neverItself,
  isPossible,
  allowList,
  freeze,
  rollbacks,
  coolDown,
  blastRadius,
  budget,
];

/** The entry of the allow-list that fits. */
export function allowanceFor({ playbook, stage, resourceTags }: GuardRequest, { allow }: GuardrailConfig) {
  return allow.find(
    ({ playbooks, stages, tags }) =>
      (playbooks.includes('*') || playbooks.includes(playbook)) &&
      (stages.includes('*') || (stage !== undefined && stages.includes(stage))) &&
      Object.entries(tags).every(([key, value]) => resourceTags?.[key] === value),
  );
}
