import type { Assumptions } from '../aws/assumptions.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { Sampler } from '../random/sampler.ts';
import type { Fault } from '../scenario/fault.ts';
import type { MappingSpec } from '../scenario/scenario.ts';

/** What an event source mapping is made of, whatever it reads. */
export interface MappingParts {
  readonly spec: MappingSpec;
  readonly target: LambdaFunction;
  readonly sampler: Sampler;
  readonly assumptions: Assumptions;
  readonly faults: readonly Fault[];
  readonly tickMs: number;
}
