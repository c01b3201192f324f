import type { Watch } from '../coverage-report.ts';
import type { CoverageRule } from '../coverage-rule.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import type { MetricOfResource } from '../watches/alarms.ts';
import { alarmsOn } from '../watches/alarms.ts';
import { callersOf } from '../watches/callers.ts';
import { heardThrough } from '../watches/heard.ts';

/**
 * The rule of a store: throttles, errors and slowness of its calls show in the functions that call it, so that watched callers, all of
 * them, are enough; else an alarm on its own metrics, or what `others` finds.
 */
export function storeRule(
  metric: MetricOfResource,
  mend: string,
  others: (store: StackResource, stack: StackView) => readonly Watch[] = () => [],
): CoverageRule {
  return (store, stack, around) => [
    {
      aspect: 'calls',
      watchedBy: [
        ...alarmsOn(stack, store, metric),
        ...others(store, stack),
        ...heardThrough('callers', callersOf(stack, store), stack, around),
      ],
      why: 'calls may fail or be throttled, and nobody sees it: no alarm, and not every function that uses it is watched',
      mend,
    },
  ];
}
