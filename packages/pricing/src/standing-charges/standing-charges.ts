import { type Charge, type ChargeRule, HOURS_PER_MONTH, PricedResource } from './charge-rule.ts';
import { DATABASE_CHARGES } from './database-charges.ts';
import { FREE_TYPES } from './free-types.ts';
import { LAMBDA_CHARGES } from './lambda-charges.ts';
import { SCALING_CHARGES } from './scaling-charges.ts';
import { SCHEDULE_CHARGES } from './schedule-charges.ts';
import { STREAM_CHARGES } from './stream-charges.ts';
import { TABLE_CHARGES } from './table-charges.ts';
import type { Template } from './template.ts';
import { WATCH_CHARGES } from './watch-charges.ts';

/** What one resource of a template costs while nobody uses the stack. */
export interface StandingCharge extends Charge {
  readonly logicalId: string;
  readonly type: string;
}

const RULES: ReadonlyMap<string, ChargeRule> = new Map(
  Object.entries({
    ...FREE_TYPES,
    ...LAMBDA_CHARGES,
    ...STREAM_CHARGES,
    ...TABLE_CHARGES,
    ...WATCH_CHARGES,
    ...SCHEDULE_CHARGES,
    ...DATABASE_CHARGES,
    ...SCALING_CHARGES,
  }),
);

/**
 * Prices every resource of a packaged template at rest, in USD per month at list price; free ones are listed at zero. A resource with a
 * condition is taken to exist. Throws `UnpricedResourceError` for a type that the registry does not know, so that nothing slips through.
 */
export function standingCharges(template: Template): readonly StandingCharge[] {
  return Object.entries(template.Resources ?? {}).map(([logicalId, resource]) => {
    const priced = new PricedResource(logicalId, resource, template);
    const rule = ruleFor(resource.Type);
    if (!rule) throw priced.unpriced('its type is not in the registry of standing charges.');
    return { logicalId, type: resource.Type, ...rule(priced) };
  });
}

/** USD per hour that these stacks cost together while nothing happens. */
export function idleCostPerHour(templates: readonly Template[]): number {
  return templates.flatMap(standingCharges).reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0) / HOURS_PER_MONTH;
}

/** A custom resource is a call of a function while the stack is deployed, and nothing afterwards. */
const CUSTOM_RESOURCE: ChargeRule = () => ({
  basis: 'none',
  monthlyUsd: 0,
  why: 'acts only while the stack is deployed',
});

function ruleFor(type: string): ChargeRule | undefined {
  if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') return CUSTOM_RESOURCE;
  return RULES.get(type);
}
