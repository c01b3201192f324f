import { createHash, randomUUID } from 'node:crypto';
import type { AwsCaller } from '../../core/aws-calls/aws-caller.ts';
import type { ServiceContext } from '../../core/service.ts';
import type { Schedule } from './schedule.ts';
import { targetCall } from './target-call.ts';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html */
const DEFAULT_ATTEMPTS = 185;
const DEFAULT_AGE_SECONDS = 86_400;

/** One time that a schedule was due. */
interface Invocation {
  readonly schedule: Schedule;
  readonly executionId: string;
  readonly scheduledAt: number;
}

interface CallFailure extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Calls targets as their schedules' roles: again while that can help and the retry policy allows it, else to the dead-letter queue. */
export class Invocations {
  readonly #context: ServiceContext;
  readonly #aws: AwsCaller;
  #isStopped = false;

  constructor(context: ServiceContext, aws: AwsCaller) {
    this.#context = context;
    this.#aws = aws;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Resolves when it needs no further attempt. */
  invoke(schedule: Schedule, scheduledAt: number): Promise<void> {
    return this.#attempt({ schedule, executionId: randomUUID(), scheduledAt }, 1);
  }

  async #attempt(invocation: Invocation, attempt: number): Promise<void> {
    if (this.#isStopped) return;
    const { schedule } = invocation;
    this.#count(schedule, 'InvocationAttemptCount');
    try {
      await this.#call(invocation, attempt);
    } catch (error) {
      this.#count(schedule, 'TargetErrorCount');
      await this.#afterFailure(invocation, attempt, error as CallFailure);
    }
  }

  async #call({ schedule, executionId, scheduledAt }: Invocation, attempt: number): Promise<void> {
    const { Target } = schedule.settings;
    const input = fillInput(Target.Input ?? defaultInput(schedule, executionId, scheduledAt, this.#context), {
      'aws.scheduler.schedule-arn': schedule.arn,
      'aws.scheduler.scheduled-time': isoSeconds(scheduledAt),
      'aws.scheduler.execution-id': executionId,
      'aws.scheduler.attempt-number': String(attempt),
    });
    const call = targetCall(Target, input, this.#context);
    const { output } = await this.#aws.call({ ...call, roleArn: Target.RoleArn, sessionName: executionId });
    const failed = (output as { readonly FailedEntryCount?: number } | null)?.FailedEntryCount;
    if (failed) throw new Error(JSON.stringify(output));
  }

  async #afterFailure(invocation: Invocation, attempt: number, error: CallFailure): Promise<void> {
    const { clock } = this.#context;
    const { MaximumRetryAttempts = DEFAULT_ATTEMPTS, MaximumEventAgeInSeconds = DEFAULT_AGE_SECONDS } =
      invocation.schedule.settings.Target.RetryPolicy ?? {};
    const delayMs = Math.min(300_000, 1_000 * 2 ** Math.min(attempt - 1, 12));
    const isTooOld = clock.now() + delayMs - invocation.scheduledAt > MaximumEventAgeInSeconds * 1_000;
    if (isRetryable(error) && attempt <= MaximumRetryAttempts && !isTooOld) {
      await clock.sleep(delayMs);
      return this.#attempt(invocation, attempt + 1);
    }
    this.#count(invocation.schedule, 'InvocationDroppedCount');
    const exhausted = isRetryable(error) ? (isTooOld ? 'MaximumEventAgeInSeconds' : 'MaximumRetryAttempts') : undefined;
    await this.#bury(invocation, attempt - 1, error, exhausted);
  }

  /** https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html */
  async #bury(
    invocation: Invocation,
    retries: number,
    error: CallFailure,
    exhausted: string | undefined,
  ): Promise<void> {
    const { schedule, executionId, scheduledAt } = invocation;
    const { Target } = schedule.settings;
    const queueArn = Target.DeadLetterConfig?.Arn;
    if (queueArn === undefined) return;
    try {
      this.#context.peers.iam.assertRoleAllows(Target.RoleArn, 'sqs:SendMessage', queueArn);
      const body = Target.Input ?? defaultInput(schedule, executionId, scheduledAt, this.#context);
      const sent = this.#context.peers.sqs.send(queueArn, body, {
        EXECUTION_ID: executionId,
        SCHEDULE_ARN: schedule.arn,
        SCHEDULED_TIME: isoSeconds(scheduledAt),
        TARGET_ARN: Target.Arn,
        ERROR_CODE: error.name,
        ERROR_MESSAGE: error.message,
        RETRY_ATTEMPTS: String(retries),
        IS_PAYLOAD_TRUNCATED: 'false',
        ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
      });
      await this.#context.track(sent);
      this.#count(schedule, 'InvocationsSentToDeadLetterCount');
    } catch {
      this.#count(schedule, 'InvocationsFailedToBeSentToDeadLetterCount');
    }
  }

  #count({ groupName }: Schedule, metricName: string): void {
    this.#context.peers.metrics.put('AWS/Scheduler', metricName, { ScheduleGroup: groupName }, 1, 'Count');
  }
}

/** Where in a flexible window an invocation falls: the same place for the same schedule and time, so that runs can be repeated. */
export function windowOffsetMs({ arn, settings }: Schedule, dueMs: number): number {
  const { Mode, MaximumWindowInMinutes = 0 } = settings.FlexibleTimeWindow;
  if (Mode !== 'FLEXIBLE') return 0;
  const draw = createHash('sha256').update(`${arn} ${dueMs}`).digest().readUInt32BE() / 2 ** 32;
  return Math.floor(draw * MaximumWindowInMinutes * 60_000);
}

/** Throttling, errors of the target's service, and a connection that broke. */
function isRetryable({ name, $metadata }: CallFailure): boolean {
  const status = $metadata?.httpStatusCode;
  return (
    status === undefined ||
    status >= 500 ||
    status === 429 ||
    /Throttl|TooManyRequests|Throughput|LimitExceeded|SlowDown/.test(name)
  );
}

/** Fills `<aws.scheduler.…>`. https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
function fillInput(input: string, attributes: Readonly<Record<string, string>>): string {
  return input.replace(/<(aws\.scheduler\.[a-z-]+)>/g, (token, name: string) => attributes[name] ?? token);
}

function defaultInput(
  { arn }: Schedule,
  id: string,
  scheduledAt: number,
  { accountId, region }: ServiceContext,
): string {
  return JSON.stringify({
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: accountId,
    time: isoSeconds(scheduledAt),
    region,
    resources: [arn],
    detail: '{}',
  });
}

const isoSeconds = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
