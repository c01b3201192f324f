import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import type { ExecutionStatus } from '../executions/execution.ts';
import type { MapRun } from '../map/map-run.ts';
import { onArn, type StatesState, toSeconds } from '../states-state.ts';
import { type PageRequest, page } from './page.ts';

interface MapRunReference {
  readonly mapRunArn: string;
}
interface ListRequest extends PageRequest {
  readonly executionArn: string;
}

/** DescribeMapRun, ListMapRuns. */
export function mapRunOperations({ executions }: StatesState): Record<string, JsonOperation> {
  return {
    DescribeMapRun: {
      permissions: (input: MapRunReference) => onArn('DescribeMapRun', input.mapRunArn),
      handle({ mapRunArn }: MapRunReference) {
        const run = executions.mapRuns.get(mapRunArn);
        if (!run) throw new ApiError('ResourceNotFound', `Resource not found: '${mapRunArn}'`);
        return describeMapRun(run);
      },
    },
    ListMapRuns: {
      permissions: (input: ListRequest) => onArn('ListMapRuns', input.executionArn),
      handle(input: ListRequest) {
        const { arn } = executions.get(input.executionArn);
        const runs = [...executions.mapRuns.values()].filter(({ settings }) => settings.executionArn === arn);
        return page(
          'mapRuns',
          runs.map((run) => ({ ...identity(run), stateMachineArn: run.settings.machineArn })),
          input,
        );
      },
    },
  };
}

function identity({ settings, stoppedAt }: MapRun): Record<string, unknown> {
  return {
    mapRunArn: settings.arn,
    executionArn: settings.executionArn,
    startDate: toSeconds(settings.startedAt),
    ...(stoppedAt === undefined ? {} : { stopDate: toSeconds(stoppedAt) }),
  };
}

function describeMapRun(run: MapRun): Record<string, unknown> {
  const { maxConcurrency, tolerance, inputs } = run.settings;
  return {
    ...identity(run),
    status: run.status,
    maxConcurrency,
    toleratedFailureCount: tolerance.count ?? 0,
    toleratedFailurePercentage: tolerance.percentage ?? 0,
    itemCounts: counts(run.itemTotal, (status) => run.itemsIn(status), run.resultsWritten),
    executionCounts: counts(inputs.length, (status) => run.executionsIn(status), run.resultsWritten),
    redriveCount: 0,
  };
}

function counts(
  total: number,
  countIn: (status: ExecutionStatus) => number,
  resultsWritten: number,
): Record<string, number> {
  const [running, succeeded, failed, timedOut, aborted] = (
    ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const
  ).map(countIn) as [number, number, number, number, number];
  const pending = total - running - succeeded - failed - timedOut - aborted;
  return { total, pending, running, succeeded, failed, timedOut, aborted, resultsWritten };
}
