import type { Watch } from '../coverage-report.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { valueAt } from '../template.ts';
import { alarmsOn } from './alarms.ts';

const ON_FUNCTION = { namespace: 'AWS/Lambda', dimension: 'FunctionName' } as const;
const ITERATOR_AGE = { ...ON_FUNCTION, metrics: ['IteratorAge'] } as const;
const OFFSET_LAG = { ...ON_FUNCTION, metrics: ['OffsetLag'] } as const;

/** Whether a mapping reads records in their order, and is held up by one that fails; a queue redrives by itself. */
export const isOfStream = (mapping: StackResource): boolean =>
  valueAt(mapping.Properties, 'StartingPosition') !== undefined;

/** Whether it reads topics of Kafka, Amazon's or somebody's own. */
export const isOfKafka = (mapping: StackResource): boolean => valueAt(mapping.Properties, 'Topics') !== undefined;

/**
 * Alarms on how far a function lags behind each of the streams that these mappings read for it: `IteratorAge`, and of Kafka `OffsetLag`
 * (Lambda Developer Guide, "Types of metrics for Lambda functions"). None where one of them has none.
 */
export function lagAlarms(stack: StackView, fn: StackResource, mappings: readonly StackResource[]): readonly Watch[] {
  const metrics = new Set(mappings.map((mapping) => (isOfKafka(mapping) ? OFFSET_LAG : ITERATOR_AGE)));
  const alarms = [...metrics].map((metric) => alarmsOn(stack, fn, metric));
  return alarms.every((each) => each.length > 0) ? alarms.flat() : [];
}
