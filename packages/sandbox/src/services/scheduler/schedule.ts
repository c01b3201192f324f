import type { ClockTimer } from '../../core/time/clock.ts';
import type { InvocationTimes } from './timing/invocation-times.ts';

/** What a schedule invokes, as CreateSchedule takes it. */
export interface Target {
  readonly Arn: string;
  readonly RoleArn: string;
  readonly Input?: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number };
  readonly EventBridgeParameters?: { readonly DetailType: string; readonly Source: string };
  readonly KinesisParameters?: { readonly PartitionKey: string };
  readonly SqsParameters?: { readonly MessageGroupId?: string };
}

/** What CreateSchedule and UpdateSchedule take; dates in epoch seconds. */
export interface ScheduleSettings {
  readonly Name: string;
  readonly GroupName?: string;
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone?: string;
  readonly StartDate?: number;
  readonly EndDate?: number;
  readonly Description?: string;
  readonly State?: string;
  readonly Target: Target;
  readonly FlexibleTimeWindow: { readonly Mode: string; readonly MaximumWindowInMinutes?: number };
  readonly ActionAfterCompletion?: string;
}

export interface Schedule {
  readonly arn: string;
  readonly groupName: string;
  readonly settings: ScheduleSettings;
  readonly times: InvocationTimes;
  readonly createdAt: number;
  readonly changedAt: number;
  timer?: ClockTimer | undefined;
}

export interface ScheduleGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly tags: Map<string, string>;
}
