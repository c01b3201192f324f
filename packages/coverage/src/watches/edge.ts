import type { Watch } from '../coverage-report.ts';
import { type StackResource, StackView } from '../stack-view.ts';
import { listOf, type Template, valueAt } from '../template.ts';
import { alarmsOn } from './alarms.ts';

/** What a viewer gets where a function at the edge fails (CloudFront Developer Guide, "HTTP 502" and "HTTP 503 status code"). */
const EDGE_ERRORS = {
  namespace: 'AWS/CloudFront',
  dimension: 'DistributionId',
  metrics: ['TotalErrorRate', '5xxErrorRate', '502ErrorRate', '503ErrorRate'],
} as const;

/**
 * The distributions that call a function at the edge (Lambda@Edge). It then runs in the region next to the viewer, and writes to
 * `/aws/lambda/us-east-1.<name>` there; its metrics are there as well, under that name (CloudFront Developer Guide, "Edge function logs").
 */
export function distributionsOf(stack: StackView, fn: StackResource): readonly StackResource[] {
  return stack
    .ofType('AWS::CloudFront::Distribution')
    .filter((distribution) => callsOf(distribution).some((called) => stack.means(called, fn)));
}

/** Alarms on what viewers get of each distribution that calls a function at the edge; none where one has none. */
export function watchedViewers(stack: StackView, distributions: readonly StackResource[]): readonly Watch[] {
  const alarms = distributions.map((distribution) => alarmsOn(stack, distribution, EDGE_ERRORS));
  return alarms.every((each) => each.length > 0) ? alarms.flat() : [];
}

/** Logical ids of a template's functions that a distribution of it calls at the edge: no log group of this region has what they log. */
export function edgeFunctions(template: Template): ReadonlySet<string> {
  const stack = new StackView(template);
  const functions = stack.ofType('AWS::Lambda::Function').filter((fn) => distributionsOf(stack, fn).length > 0);
  return new Set(functions.map(({ logicalId }) => logicalId));
}

function callsOf({ Properties }: StackResource): readonly unknown[] {
  const config = valueAt(Properties, 'DistributionConfig');
  const behaviours = [...listOf(valueAt(config, 'DefaultCacheBehavior')), ...listOf(valueAt(config, 'CacheBehaviors'))];
  return behaviours
    .flatMap((behaviour) => listOf(valueAt(behaviour, 'LambdaFunctionAssociations')))
    .map((association) => valueAt(association, 'LambdaFunctionARN'));
}
