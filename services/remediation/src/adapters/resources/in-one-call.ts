import { NothingChanged } from '../../domain/nothing-changed.ts';

/** What no repetition changes: the request itself is refused. Names as each service has them, without what its protocol appends. */
const REFUSALS = [
  'InvalidParameterValue',
  'InvalidParameterCombination',
  'InvalidParameter',
  'InvalidArgument',
  'InvalidRequest',
  'Validation',
  'ValidationError',
  'BadRequest',
  'ResourceNotFound',
  'NotFound',
];

/**
 * A change that is one call of AWS: refused for what it asks, it has changed nothing. A throttle or a conflict is over a moment later, and comes again.
 * @throws NothingChanged
 */
export async function inOneCall(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    throw isRefusedForGood(error) ? new NothingChanged(error.message, { cause: error }) : error;
  }
}

const isRefusedForGood = (error: unknown): error is Error =>
  error instanceof Error && REFUSALS.includes(error.name.replace(/(?:Exception|Fault)$/, ''));
