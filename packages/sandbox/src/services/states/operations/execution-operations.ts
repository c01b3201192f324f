import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import { isRedrivable, redriveReason } from '../executions/announce.ts';
import type { Execution, ExecutionStatus } from '../executions/execution.ts';
import { onArn, type StatesState, toSeconds } from '../states-state.ts';
import { assertRedrivable } from './assert-redrivable.ts';
import { definitionOf } from './machine-operations.ts';
import { type PageRequest, page } from './page.ts';

interface StartRequest {
  readonly stateMachineArn: string;
  readonly name?: string;
  readonly input?: string;
}
interface ExecutionReference {
  readonly executionArn: string;
  readonly includedData?: string;
}
interface StopRequest extends ExecutionReference {
  readonly error?: string;
  readonly cause?: string;
}
interface ListRequest extends PageRequest {
  readonly redriveFilter?: 'REDRIVEN' | 'NOT_REDRIVEN';
  readonly stateMachineArn?: string;
  readonly mapRunArn?: string;
  readonly statusFilter?: ExecutionStatus;
}

/** StartExecution, StartSyncExecution, DescribeExecution, ListExecutions, StopExecution, RedriveExecution, DescribeStateMachineForExecution. */
export function executionOperations(state: StatesState): Record<string, JsonOperation> {
  const { machines, executions } = state;
  const onExecution = (action: string) => (input: ExecutionReference) => onArn(action, input.executionArn);
  return {
    StartExecution: {
      permissions: (input: StartRequest) => onArn('StartExecution', input.stateMachineArn),
      handle({ stateMachineArn, name, input = '{}' }: StartRequest) {
        const { arn, startedAt } = executions.start(machines.get(stateMachineArn), input, name);
        return { executionArn: arn, startDate: toSeconds(startedAt) };
      },
    },
    StartSyncExecution: {
      permissions: (input: StartRequest) => onArn('StartSyncExecution', input.stateMachineArn),
      async handle({ stateMachineArn, name, input = '{}' }: StartRequest) {
        const machine = machines.get(stateMachineArn);
        if (machine.snapshot.type !== 'EXPRESS')
          throw notSupported('This operation is not supported by this type of state machine');
        const execution = executions.start(machine, input, name);
        await execution.ended;
        return { ...describeExecution(execution), billingDetails: billing(execution) };
      },
    },
    DescribeExecution: {
      permissions: onExecution('DescribeExecution'),
      handle({ executionArn, includedData }: ExecutionReference) {
        const description = describeExecution(standard(executions.get(executionArn)));
        if (includedData !== 'METADATA_ONLY') return description;
        const { input: _input, output: _output, inputDetails: _in, outputDetails: _out, ...metadata } = description;
        return metadata;
      },
    },
    DescribeStateMachineForExecution: {
      permissions: onExecution('DescribeStateMachineForExecution'),
      handle({ executionArn }: ExecutionReference) {
        const { machine } = standard(executions.get(executionArn));
        return {
          stateMachineArn: machine.arn,
          name: machine.name,
          updateDate: toSeconds(machine.updatedAt),
          ...definitionOf(machine),
        };
      },
    },
    ListExecutions: {
      permissions: (input: ListRequest) => onArn('ListExecutions', input.stateMachineArn ?? input.mapRunArn ?? '*'),
      handle: (input: ListRequest) => page('executions', listed(state, input), input),
    },
    StopExecution: {
      permissions: onExecution('StopExecution'),
      async handle({ executionArn, error, cause }: StopRequest) {
        const execution = standard(executions.get(executionArn));
        executions.stop(execution, error, cause);
        await execution.ended;
        return { stopDate: toSeconds(execution.stoppedAt ?? 0) };
      },
    },
    RedriveExecution: {
      permissions: onExecution('RedriveExecution'),
      handle({ executionArn }: ExecutionReference) {
        const execution = standard(executions.get(executionArn));
        assertRedrivable(execution, state.context.clock.now());
        executions.redrive(execution);
        return { redriveDate: toSeconds(execution.redrivenAt ?? 0) };
      },
    },
  };
}

function listed(
  { machines, executions }: StatesState,
  { stateMachineArn, mapRunArn, statusFilter, redriveFilter }: ListRequest,
): readonly unknown[] {
  if (stateMachineArn !== undefined && machines.get(stateMachineArn).snapshot.type === 'EXPRESS') {
    throw notSupported('This operation is not supported by this type of state machine');
  }
  return executions
    .list()
    .filter((execution) =>
      mapRunArn === undefined
        ? execution.machine.arn === stateMachineArn && execution.mapRunArn === undefined
        : execution.mapRunArn === mapRunArn,
    )
    .filter(({ status }) => statusFilter === undefined || status === statusFilter)
    .filter(({ redriveCount }) => redriveFilter === undefined || (redriveFilter === 'REDRIVEN') === redriveCount > 0)
    .sort((a, b) => b.startedAt - a.startedAt)
    .map((execution) => ({
      ...identity(execution),
      ...(execution.mapRunArn === undefined ? {} : { mapRunArn: execution.mapRunArn, itemCount: execution.itemCount }),
      redriveCount: execution.redriveCount,
    }));
}

function identity({ arn, machine, name, status, startedAt, stoppedAt }: Execution): Record<string, unknown> {
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    name,
    status,
    startDate: toSeconds(startedAt),
    ...(stoppedAt === undefined ? {} : { stopDate: toSeconds(stoppedAt) }),
  };
}

function describeExecution(execution: Execution): Record<string, unknown> {
  const { input, output, error, cause, status, mapRunArn, redriveCount, redrivenAt } = execution;
  const reason = redriveReason(status);
  return {
    ...identity(execution),
    input,
    inputDetails: { included: true },
    ...(output === undefined ? {} : { output, outputDetails: { included: true } }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    ...(mapRunArn === undefined ? {} : { mapRunArn }),
    redriveCount,
    ...(redrivenAt === undefined ? {} : { redriveDate: toSeconds(redrivenAt) }),
    redriveStatus: isRedrivable(status) ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(reason === null ? {} : { redriveStatusReason: reason }),
  };
}

/** 64 MB and 100 ms are the least that AWS bills. */
function billing({ startedAt, stoppedAt = startedAt }: Execution): Record<string, number> {
  return {
    billedMemoryUsedInMB: 64,
    billedDurationInMilliseconds: Math.max(100, Math.ceil((stoppedAt - startedAt) / 100) * 100),
  };
}

/** Express executions cannot be looked at. Throws `InvalidArn`. */
export function standard(execution: Execution): Execution {
  if (execution.machine.type === 'STANDARD') return execution;
  throw new ApiError('InvalidArn', `Invalid Arn: 'Resource type not valid in this context: express'`);
}

const notSupported = (message: string): ApiError => new ApiError('StateMachineTypeNotSupported', message);
