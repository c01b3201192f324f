import { ApiError } from '../../../core/service.ts';
import type { Distribution } from './distribution.ts';

/** Reads one statistic; undefined where it cannot be known. */
export type Statistic = (distribution: Distribution) => number | undefined;

const SIMPLE: Readonly<Record<string, Statistic>> = {
  SampleCount: ({ sampleCount }) => sampleCount,
  Sum: ({ sum }) => sum,
  Average: ({ sum, sampleCount }) => sum / sampleCount,
  Minimum: ({ minimum }) => minimum,
  Maximum: ({ maximum }) => maximum,
};

/** A statistic by its name: the five simple ones and percentiles (`p99`, `p99.9`). Throws `InvalidParameterValueException`. */
export function statisticNamed(name: string): Statistic {
  const simple = Object.hasOwn(SIMPLE, name) ? SIMPLE[name] : undefined;
  if (simple) return simple;
  const percent = Number(/^p(\d{1,3}(?:\.\d+)?)$/.exec(name)?.[1]);
  if (percent >= 0 && percent <= 100) return (distribution) => distribution.percentile(percent);
  throw new ApiError('InvalidParameterValueException', `The sandbox does not emulate the statistic ${name}.`);
}
