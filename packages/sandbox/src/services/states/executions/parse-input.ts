import type { Json } from '../../../core/json.ts';
import { ApiError } from '../../../core/service.ts';

/** The JSON of an execution's input. Throws `InvalidExecutionInput`. */
export function parseInput(input: string): Json {
  try {
    return JSON.parse(input) as Json;
  } catch (cause) {
    const message = `Invalid State Machine Execution Input: '${(cause as Error).message}'`;
    throw Object.assign(new ApiError('InvalidExecutionInput', message), { cause });
  }
}
