import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { Delivery } from './send-to-target.ts';

/** AWS retries for 24 hours, and up to 185 times: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
const DEFAULT_ATTEMPTS = 185;
const DEFAULT_AGE_SECONDS = 86_400;

/** Delivers to targets: again while that can help and the retry policy allows it, else to the target's dead-letter queue. */
export class TargetDelivery {
  readonly #context: ServiceContext;
  readonly #send: (delivery: Delivery) => Promise<void>;
  #isStopped = false;

  constructor(context: ServiceContext, send: (delivery: Delivery) => Promise<void>) {
    this.#context = context;
    this.#send = send;
  }

  deliver(delivery: Delivery): void {
    this.#attempt(delivery, 0, this.#context.clock.now());
  }

  stop(): void {
    this.#isStopped = true;
  }

  #attempt(delivery: Delivery, retries: number, startedAt: number): void {
    if (this.#isStopped) return;
    const attempt = this.#send(delivery).then(
      () => this.#count(delivery, 'Invocations'),
      (error: unknown) => this.#failed(delivery, error, retries, startedAt),
    );
    void this.#context.track(attempt).catch(this.#context.report);
  }

  async #failed(delivery: Delivery, error: unknown, retries: number, startedAt: number): Promise<void> {
    if (!(error instanceof ApiError)) this.#context.report(error);
    const { MaximumRetryAttempts = DEFAULT_ATTEMPTS, MaximumEventAgeInSeconds = DEFAULT_AGE_SECONDS } =
      delivery.target.RetryPolicy ?? {};
    const delayMs = backOffMs(retries);
    const isTooOld = this.#context.clock.now() + delayMs - startedAt > MaximumEventAgeInSeconds * 1000;
    if (isRetryable(error) && retries < MaximumRetryAttempts && !isTooOld) {
      this.#context.clock.schedule(delayMs, () => this.#attempt(delivery, retries + 1, startedAt));
      return;
    }
    this.#count(delivery, 'FailedInvocations');
    const exhausted = isRetryable(error) ? (isTooOld ? 'MaximumEventAgeInSeconds' : 'MaximumRetryAttempts') : undefined;
    await this.#bury(delivery, error, retries, exhausted);
  }

  async #bury(delivery: Delivery, error: unknown, retries: number, exhausted: string | undefined): Promise<void> {
    const queueArn = delivery.target.DeadLetterConfig?.Arn;
    if (queueArn === undefined) return;
    await this.#context.peers.sqs.send(queueArn, JSON.stringify(delivery.event), {
      RULE_ARN: delivery.rule.arn,
      TARGET_ARN: delivery.target.Arn,
      ERROR_CODE: deadLetterCode(error),
      ERROR_MESSAGE: error instanceof Error ? error.message : String(error),
      RETRY_ATTEMPTS: String(retries),
      ...(exhausted ? { EXHAUSTED_RETRY_CONDITION: exhausted } : {}),
    });
    this.#count(delivery, 'InvocationsSentToDlq');
  }

  #count({ rule }: Delivery, metricName: string): void {
    const dimensions = { ...(rule.busName === 'default' ? {} : { EventBusName: rule.busName }), RuleName: rule.name };
    this.#context.peers.metrics.put('AWS/Events', metricName, dimensions, 1, 'Count');
  }
}

/** An error that more attempts can cure: throttling and errors of the target's service. */
function isRetryable(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return (
    error.status >= 500 ||
    error.status === 429 ||
    /Throttl|TooManyRequests|Throughput|LimitExceeded|Unavailable|ServiceException|Timeout/.test(error.code)
  );
}

/** The codes that AWS writes into dead letters. */
function deadLetterCode(error: unknown): string {
  const code = error instanceof ApiError ? error.code : '';
  if (/AccessDenied|InvalidParameterValue/.test(code)) return 'NO_PERMISSIONS';
  if (/NotFound|NonExistent|DoesNotExist/.test(code)) return 'NO_RESOURCE';
  return /Throttl|TooManyRequests|Throughput|LimitExceeded/.test(code) ? 'THROTTLING' : 'SDK_CLIENT_ERROR';
}

/** Exponential back-off from one second to five minutes. AWS publishes no figures, and adds jitter. */
function backOffMs(retries: number): number {
  return Math.min(300_000, 1000 * 2 ** Math.min(retries, 12));
}
