import type { Refusal } from './guard-request.ts';

/** What they refuse for is over some time, or is switched off, without anybody changing the repair or what may be done. */
const PASSING: readonly string[] = ['kill-switch', 'freeze', 'rollbacks', 'cool-down', 'blast-radius', 'turn'];

/** Whether a repair was refused for the moment alone, and may be let through another time as it is. */
export const isForNow = (refusals: readonly Pick<Refusal, 'rail'>[]): boolean =>
  refusals.length > 0 && refusals.every(({ rail }) => PASSING.includes(rail));
