import type { Json } from '../../../core/protocols/json.ts';
import type { TaskPattern } from '../interpreter/task-resource.ts';
import { StateError } from '../language/state-error.ts';
import type { Execution } from './execution.ts';

/** What a state that started an execution and waited for it gets: its description, whose texts `.sync:2` gives as JSON. */
export async function completionOf(execution: Execution, pattern: TaskPattern): Promise<Json> {
  await execution.ended;
  const isParsed = pattern === 'sync:2';
  const { arn, name, machine, status, startedAt, stoppedAt, input, output, error, cause } = execution;
  const description = {
    ExecutionArn: arn,
    Input: isParsed ? (JSON.parse(input) as Json) : input,
    InputDetails: { Included: true },
    Name: name,
    ...(output === undefined
      ? {}
      : { Output: isParsed ? (JSON.parse(output) as Json) : output, OutputDetails: { Included: true } }),
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
    StartDate: startedAt,
    StateMachineArn: machine.arn,
    Status: status,
    ...(stoppedAt === undefined ? {} : { StopDate: stoppedAt }),
  };
  if (status === 'SUCCEEDED') return description;
  throw new StateError('States.TaskFailed', JSON.stringify(description));
}
