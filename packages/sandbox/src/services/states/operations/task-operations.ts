import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { onAnything, type StatesState } from '../states-state.ts';

interface TaskReport {
  readonly taskToken: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** SendTaskSuccess, SendTaskFailure, SendTaskHeartbeat. */
export function taskOperations({ tokens }: StatesState): Record<string, JsonOperation> {
  return {
    SendTaskSuccess: {
      permissions: () => onAnything('SendTaskSuccess'),
      handle: ({ taskToken, output = '' }: TaskReport) => tokens.succeed(taskToken, output),
    },
    SendTaskFailure: {
      permissions: () => onAnything('SendTaskFailure'),
      handle: ({ taskToken, error, cause }: TaskReport) => tokens.fail(taskToken, error, cause),
    },
    SendTaskHeartbeat: {
      permissions: () => onAnything('SendTaskHeartbeat'),
      handle: ({ taskToken }: TaskReport) => tokens.heartbeat(taskToken),
    },
  };
}
