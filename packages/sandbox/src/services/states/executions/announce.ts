import type { ServiceContext } from '../../../core/service.ts';
import type { Execution, ExecutionStatus } from './execution.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
const METRICS: Readonly<Record<ExecutionStatus, string>> = {
  RUNNING: 'ExecutionsStarted',
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
};

/**
 * Tells CloudWatch of an execution's change of status, and EventBridge of one of a standard workflow. Children of a Map Run are not told of.
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function announce({ peers }: ServiceContext, execution: Execution): void {
  const { machine, status, stoppedAt, startedAt } = execution;
  if (execution.mapRunArn !== undefined) return;
  const dimensions = { StateMachineArn: machine.arn };
  peers.metrics.put('AWS/States', METRICS[status], dimensions, 1, 'Count');
  if (stoppedAt !== undefined)
    peers.metrics.put('AWS/States', 'ExecutionTime', dimensions, stoppedAt - startedAt, 'Milliseconds');
  if (machine.type === 'EXPRESS') return;
  peers.events.emit({
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [execution.arn],
    detail: statusDetail(execution),
  });
}

function statusDetail(execution: Execution): Record<string, unknown> {
  const { arn, machine, name, status, startedAt, stoppedAt, input, output, error, cause, redriveCount, redrivenAt } =
    execution;
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    name,
    status,
    startDate: startedAt,
    stopDate: stoppedAt ?? null,
    input,
    inputDetails: { included: true },
    output: output ?? null,
    outputDetails: output === undefined ? null : { included: true },
    error: error ?? null,
    cause: cause ?? null,
    stateMachineVersionArn: null,
    stateMachineAliasArn: null,
    redriveCount,
    redriveDate: redrivenAt ?? null,
    redriveStatus: isRedrivable(status) ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    redriveStatusReason: redriveReason(status),
  };
}

export const isRedrivable = (status: ExecutionStatus): boolean => status !== 'RUNNING' && status !== 'SUCCEEDED';

export function redriveReason(status: ExecutionStatus): string | null {
  if (status === 'RUNNING') return 'Execution is RUNNING and cannot be redriven';
  return status === 'SUCCEEDED' ? 'Execution is SUCCEEDED and cannot be redriven' : null;
}
