import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { ContinuePort, StartExecutionPort } from '../ports.ts';

/** Executions of the state machine: a repair's name makes it run once, and a token that was used is used up. */
export function sfnExecutions(
  client: SFNClient,
  stateMachineArn: string,
): { start: StartExecutionPort; goOn: ContinuePort } {
  return {
    async start(remediationId) {
      const input = JSON.stringify({ remediationId });
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name: remediationId, input }));
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
    async goOn(taskToken, answer) {
      try {
        await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(answer) }));
      } catch (error) {
        const isUsedUp = [TaskDoesNotExist, TaskTimedOut, InvalidToken].some((kind) => error instanceof kind);
        if (!isUsedUp) throw error;
      }
    },
  };
}
