import type { Json } from '../../../core/protocols/json.ts';
import { ApiError } from '../../../core/service.ts';

/** 256 KiB of UTF-8: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_BYTES = 262_144;

/** The JSON of an execution's input. Throws `InvalidExecutionInput`, and `ValidationException` for one that is too long. */
export function parseInput(input: string): Json {
  if (Buffer.byteLength(input) > MAX_BYTES) {
    throw new ApiError(
      'ValidationException',
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${MAX_BYTES}`,
    );
  }
  try {
    return JSON.parse(input) as Json;
  } catch (cause) {
    const message = `Invalid State Machine Execution Input: '${(cause as Error).message}'`;
    throw Object.assign(new ApiError('InvalidExecutionInput', message), { cause });
  }
}
