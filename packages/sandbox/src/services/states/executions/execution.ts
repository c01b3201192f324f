import type { Position } from '../interpreter/run-graph.ts';
import { Scope } from '../interpreter/scope.ts';
import type { Definition } from '../language/definition.ts';
import type { History } from './history.ts';

export type MachineType = 'STANDARD' | 'EXPRESS';
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What of a state machine an execution keeps, whatever becomes of the machine later. */
export interface MachineSnapshot {
  readonly arn: string;
  readonly name: string;
  readonly type: MachineType;
  readonly roleArn: string;
  readonly definition: Definition;
  readonly definitionText: string;
  readonly revisionId: string;
  readonly updatedAt: number;
}

export interface ExecutionSettings {
  readonly arn: string;
  readonly name: string;
  readonly machine: MachineSnapshot;
  /** JSON text as it was given. */
  readonly input: string;
  readonly startedAt: number;
  readonly history: History;
  /** For a child of a Map Run. */
  readonly mapRunArn?: string;
  readonly itemCount?: number;
}

/** Why an execution ended before its last state did. */
export class ExecutionEnded extends Error {
  override readonly name = 'ExecutionEnded';
  readonly status: 'TIMED_OUT' | 'ABORTED';
  readonly error: string | undefined;
  readonly reason: string | undefined;

  constructor(status: 'TIMED_OUT' | 'ABORTED', error?: string, reason?: string) {
    super(`The execution is ${status}.`);
    this.status = status;
    this.error = error;
    this.reason = reason;
  }
}

/** One execution of a state machine, running or ended. */
export class Execution {
  readonly arn: string;
  readonly name: string;
  readonly machine: MachineSnapshot;
  readonly input: string;
  readonly startedAt: number;
  readonly history: History;
  readonly mapRunArn: string | undefined;
  readonly itemCount: number;
  status: ExecutionStatus = 'RUNNING';
  stoppedAt: number | undefined;
  /** JSON text. */
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  /** The state that it has reached, at its outermost level. */
  position: Position | undefined;
  redriveCount = 0;
  redrivenAt: number | undefined;
  scope = new Scope();
  /** Resolves when it has ended; it never rejects. */
  ended: Promise<void> = Promise.resolve();

  constructor(settings: ExecutionSettings) {
    this.arn = settings.arn;
    this.name = settings.name;
    this.machine = settings.machine;
    this.input = settings.input;
    this.startedAt = settings.startedAt;
    this.history = settings.history;
    this.mapRunArn = settings.mapRunArn;
    this.itemCount = settings.itemCount ?? 1;
  }

  /** Begins again: the end that it had is forgotten. */
  redrive(at: number): void {
    this.status = 'RUNNING';
    this.stoppedAt = undefined;
    this.error = undefined;
    this.cause = undefined;
    this.scope = new Scope();
    this.redriveCount += 1;
    this.redrivenAt = at;
  }
}
