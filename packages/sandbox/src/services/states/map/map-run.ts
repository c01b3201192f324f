import type { Execution, ExecutionStatus } from '../executions/execution.ts';
import type { ChildInput } from './batch-items.ts';

/** When a Map Run fails: undefined where the definition does not say. */
export interface Tolerance {
  readonly count: number | undefined;
  readonly percentage: number | undefined;
}

export interface MapRunSettings {
  readonly arn: string;
  readonly executionArn: string;
  /** `stateMachine:NAME/LABEL` */
  readonly machineArn: string;
  readonly maxConcurrency: number;
  readonly tolerance: Tolerance;
  readonly inputs: readonly ChildInput[];
  readonly startedAt: number;
}

/** One run of a Map state in DISTRIBUTED mode: its child executions, and how many of them have ended in which way. */
export class MapRun {
  readonly settings: MapRunSettings;
  readonly children: Execution[] = [];
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED' = 'RUNNING';
  stoppedAt: number | undefined;
  resultsWritten = 0;

  readonly itemTotal: number;
  #failedItems = 0;

  constructor(settings: MapRunSettings) {
    this.settings = settings;
    this.itemTotal = settings.inputs.reduce((sum, { itemCount }) => sum + itemCount, 0);
  }

  noteEnd(child: Execution): void {
    if (child.status !== 'SUCCEEDED') this.#failedItems += child.itemCount;
  }

  end(status: 'SUCCEEDED' | 'FAILED' | 'ABORTED', at: number): void {
    this.status = status;
    this.stoppedAt = at;
  }

  /** Without a word on tolerance no failure is tolerated; of the two limits, only those given count. */
  isOverTolerance(): boolean {
    const { count, percentage } = this.settings.tolerance;
    const failed = this.#failedItems;
    if (count === undefined && percentage === undefined) return failed > 0;
    const isOverCount = count !== undefined && failed > count;
    return isOverCount || (percentage !== undefined && (failed / this.itemTotal) * 100 > percentage);
  }

  itemsIn(status: ExecutionStatus): number {
    return this.children.filter((child) => child.status === status).reduce((sum, { itemCount }) => sum + itemCount, 0);
  }

  executionsIn(status: ExecutionStatus): number {
    return this.children.filter((child) => child.status === status).length;
  }
}
