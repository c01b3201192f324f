import type { ClockTimer } from '../../core/time/clock.ts';

/** What names a target: provisioned concurrency of `function:NAME:ALIAS` is the one kind that the sandbox scales. */
export interface TargetKey {
  readonly resourceId: string;
  readonly dimension: string;
}

export interface ScheduledAction {
  readonly name: string;
  readonly schedule: string;
  readonly minCapacity?: number;
  readonly maxCapacity?: number;
  readonly startMs?: number;
  readonly endMs?: number;
  readonly createdAt: number;
}

/** Target tracking: keeps utilisation at a value, from 0 to 1. */
export interface ScalingPolicy {
  readonly name: string;
  readonly arn: string;
  readonly targetValue: number;
  readonly isScaleInDisabled: boolean;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
}

export interface ScalingActivity {
  readonly id: string;
  readonly at: number;
  readonly description: string;
  readonly cause: string;
}

export interface ScalableTarget extends TargetKey {
  readonly arn: string;
  readonly roleArn?: string;
  readonly createdAt: number;
  minCapacity: number;
  maxCapacity: number;
  isScheduleSuspended: boolean;
  isScaleInSuspended: boolean;
  isScaleOutSuspended: boolean;
  readonly actions: Map<string, { readonly action: ScheduledAction; readonly timer: ClockTimer | undefined }>;
  readonly policies: Map<string, ScalingPolicy>;
  /** Utilisation of the minutes just past, newest last; nothing for a minute without an invocation. */
  utilisation: (number | undefined)[];
  readonly activities: ScalingActivity[];
}
