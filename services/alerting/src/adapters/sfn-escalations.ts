import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { StartEscalationPort } from '../ports.ts';

/** Escalations as executions of the state machine: the name makes a run begin once. */
export function sfnEscalations(client: SFNClient, stateMachineArn: string): StartEscalationPort {
  return async (alertId, run) => {
    const input = JSON.stringify({ alertId, run });
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name: `${alertId}-${run}`, input }));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  };
}
