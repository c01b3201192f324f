import { ApiError } from '../../../core/service.ts';
import { isRedrivable } from '../executions/announce.ts';
import type { Execution } from '../executions/execution.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html */
const REDRIVABLE_MS = 14 * 86_400_000;

/** Throws `ExecutionNotRedrivable`, and for a Parallel or Map state, whose finished branches AWS keeps, that the sandbox cannot. */
export function assertRedrivable(execution: Execution, nowMs: number): void {
  const { arn, status, stoppedAt = nowMs, position, machine, mapRunArn } = execution;
  if (!isRedrivable(status)) throw notRedrivable(`Execution is ${status} and cannot be redriven: '${arn}'`);
  if (mapRunArn !== undefined) throw notRedrivable(`Execution belongs to a Map Run: '${arn}'`);
  if (nowMs - stoppedAt > REDRIVABLE_MS)
    throw notRedrivable(`Execution exceeds the 14 days in which it can be redriven: '${arn}'`);
  const type = position && machine.definition.States[position.state]?.Type;
  if (type === 'Parallel' || type === 'Map') {
    throw new ApiError('ValidationException', `The sandbox does not emulate RedriveExecution from a ${type} state.`);
  }
}

const notRedrivable = (message: string): ApiError => new ApiError('ExecutionNotRedrivable', message);
