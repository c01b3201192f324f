import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { ContinuePort, StartExecutionPort, WithdrawPort } from '../ports.ts';

/** Of a STANDARD state machine: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html */
export const executionArnOf = (stateMachineArn: string, name: string): string =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/** Executions of the state machine: a repair's name makes it run once, and be withdrawn once a day, until it is; a token that was used is used up. */
export function sfnExecutions(
  client: SFNClient,
  stateMachineArn: string,
): { start: StartExecutionPort; withdraw: WithdrawPort; goOn: ContinuePort } {
  const startOnce = async (name: string, input: object): Promise<void> => {
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  };
  return {
    start: (remediationId) => startOnce(remediationId, { remediationId }),
    withdraw: (remediationId, now) => {
      const since = new Date(now).toISOString();
      const name = `${remediationId}-withdrawn-${since.slice(0, 10)}`;
      return startOnce(name, { remediationId, withdraw: true, since });
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
