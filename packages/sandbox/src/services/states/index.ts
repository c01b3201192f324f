import { AwsCaller } from '../../core/aws-calls/aws-caller.ts';
import { jsonService } from '../../core/protocols/json-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { Executions } from './executions/executions.ts';
import { StateMachines } from './executions/state-machines.ts';
import { TaskTokens } from './integrations/task-tokens.ts';
import { executionOperations } from './operations/execution-operations.ts';
import { historyOperation } from './operations/history-operation.ts';
import { machineOperations } from './operations/machine-operations.ts';
import { mapRunOperations } from './operations/map-run-operations.ts';
import { tagOperations } from './operations/tag-operations.ts';
import { taskOperations } from './operations/task-operations.ts';
import { stateMachineResource } from './resources/state-machine-resource.ts';
import type { StatesPeer } from './states-peer.ts';
import type { StatesState } from './states-state.ts';

/** Step Functions: state machines in JSONPath, standard and express, on the injected clock. */
export function createStates(context: ServiceContext): Emulated<StatesPeer> {
  const aws = new AwsCaller(context);
  const tokens = new TaskTokens();
  const machines = new StateMachines(context, aws);
  const executions = new Executions({ context, aws, tokens });
  const state: StatesState = { context, machines, executions, tokens };
  return {
    service: jsonService({
      signingName: 'states',
      targetPrefix: 'AWSStepFunctions',
      version: '1.0',
      operations: {
        ...machineOperations(state),
        ...executionOperations(state),
        ...historyOperation(state),
        ...taskOperations(state),
        ...tagOperations(state),
        ...mapRunOperations(state),
      },
      resources: { 'AWS::StepFunctions::StateMachine': stateMachineResource(state) },
      stop: async () => {
        executions.stopAll();
        aws.stop();
      },
    }),
    peer: {
      async startExecution(machineArn, input, name) {
        return executions.start(machines.get(machineArn), input, name).arn;
      },
    },
  };
}
