import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { Publication, Subscription, Topic } from '../topics/topic.ts';
import type { Topics } from '../topics/topics.ts';
import type { Mailbox } from './mailbox.ts';
import { confirmation, notification } from './notification.ts';
import { retryDelayMs } from './retry-delays.ts';
import { post, send } from './send.ts';

/** Hands each message to every subscriber who wants it: again while that can help, else to the subscription's dead-letter queue. */
export class FanOut {
  readonly #context: ServiceContext;
  readonly #topics: Topics;
  readonly #mailbox: Mailbox;
  #isStopped = false;

  constructor(context: ServiceContext, topics: Topics, mailbox: Mailbox) {
    this.#context = context;
    this.#topics = topics;
    this.#mailbox = mailbox;
  }

  stop(): void {
    this.#isStopped = true;
  }

  publish(topic: Topic, publication: Publication): void {
    this.#count(topic, 'NumberOfMessagesPublished');
    for (const subscription of this.#topics.subscriptions(topic.arn)) {
      if (subscription.token !== undefined) continue;
      if (subscription.filter && !subscription.filter(publication))
        this.#count(topic, 'NumberOfNotificationsFilteredOut');
      else this.#attempt(topic, subscription, publication, 0);
    }
  }

  /** Asks a web or mail endpoint whether it wants what it is subscribed to. */
  askForConfirmation(subscription: Subscription): void {
    const { protocol, endpoint, topicArn, token } = subscription;
    if (token === undefined) return;
    const envelope = confirmation(subscription, this.#context.endpoint(), this.#context.clock.now());
    const asked = protocol.startsWith('email')
      ? this.#mailbox.deliver({
          to: endpoint,
          topicArn,
          subject: 'AWS Notification - Subscription Confirmation',
          body: String(envelope.Message),
          token,
        })
      : post(endpoint, JSON.stringify(envelope), {
          'x-amz-sns-message-type': 'SubscriptionConfirmation',
          'x-amz-sns-topic-arn': topicArn,
        });
    // An endpoint that does not answer stays unconfirmed.
    void this.#context.track(asked.catch(() => undefined));
  }

  #attempt(topic: Topic, subscription: Subscription, publication: Publication, retry: number): void {
    if (this.#isStopped) return;
    const attempt = send(this.#context, this.#mailbox, subscription, publication).then(
      () => this.#count(topic, 'NumberOfNotificationsDelivered'),
      (error: unknown) => this.#failed(topic, subscription, publication, { retry, error }),
    );
    void this.#context.track(attempt).catch(this.#context.report);
  }

  async #failed(
    topic: Topic,
    subscription: Subscription,
    publication: Publication,
    { retry, error }: { retry: number; error: unknown },
  ): Promise<void> {
    const delayMs = isLasting(error) ? undefined : retryDelayMs(subscription.protocol, retry);
    if (delayMs !== undefined) {
      this.#context.clock.schedule(delayMs, () => this.#attempt(topic, subscription, publication, retry + 1));
      return;
    }
    this.#count(topic, 'NumberOfNotificationsFailed');
    await this.#bury(topic, subscription, publication, error);
  }

  /** https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html */
  async #bury(topic: Topic, subscription: Subscription, publication: Publication, error: unknown): Promise<void> {
    const redrive = subscription.attributes.get('RedrivePolicy');
    if (!redrive) return;
    const { deadLetterTargetArn } = JSON.parse(redrive) as { readonly deadLetterTargetArn: string };
    const { peers, accountId, endpoint } = this.#context;
    try {
      peers.sqs.assertMaySend(deadLetterTargetArn, {
        kind: 'service',
        service: 'sns.amazonaws.com',
        sourceArn: topic.arn,
        sourceAccount: accountId,
      });
      await peers.sqs.send(deadLetterTargetArn, JSON.stringify(notification(publication, subscription, endpoint())), {
        RequestID: publication.messageId,
        ErrorCode: error instanceof ApiError ? error.code : 'ServiceUnavailable',
        ErrorMessage: error instanceof Error ? error.message : String(error),
      });
      this.#count(topic, 'NumberOfNotificationsRedrivenToDlq');
    } catch {
      this.#count(topic, 'NumberOfNotificationsFailedToRedriveToDlq');
    }
  }

  #count({ name }: Topic, metricName: string): void {
    this.#context.peers.metrics.put('AWS/SNS', metricName, { TopicName: name }, 1, 'Count');
  }
}

/** What no retry cures: a subscriber that is gone, and one whose policy says no. */
function isLasting(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    error.status < 500 &&
    error.status !== 429 &&
    !/Throttl|TooManyRequests|Throughput/.test(error.code)
  );
}
