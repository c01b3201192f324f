import { randomBytes } from 'node:crypto';
import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { Bucket } from '../buckets/bucket.ts';
import { bucketArn } from '../buckets/bucket-arn.ts';
import { bridgeEvent, type ChangeNotice, eventRecord } from './event-record.ts';
import {
  assertValid,
  invalid,
  type NotificationConfiguration,
  type NotificationTarget,
  wants,
} from './notification-configuration.ts';
import { eventNameOf, type ObjectChange } from './object-change.ts';

/** Tells functions, queues and the default bus of what happens to a bucket's objects. */
export class Notifier {
  readonly #context: ServiceContext;
  #changes = 0;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** Throws `InvalidArgument` unless each target lets S3 deliver to it. Queues are sent S3's test message. */
  async configure(bucket: Bucket, configuration: NotificationConfiguration): Promise<void> {
    assertValid(configuration);
    for (const target of configuration.targets) this.#assertReachable(bucket, target);
    const { clock, peers } = this.#context;
    for (const { arn } of configuration.targets.filter(({ kind }) => kind === 'sqs')) {
      const requestId = newRequestId();
      const test = { Service: 'Amazon S3', Event: 's3:TestEvent', Time: new Date(clock.now()).toISOString() };
      await peers.sqs.send(
        arn,
        JSON.stringify({ ...test, Bucket: bucket.name, RequestId: requestId, HostId: requestId }),
      );
    }
    bucket.notifications = configuration;
  }

  /** Delivery is background work: the writer of the object does not wait for it. */
  announce(bucket: Bucket, change: ObjectChange): void {
    const { toEventBridge, targets } = bucket.notifications;
    const wanting = targets.filter((target) => wants(target, eventNameOf(change), change.key));
    if (!toEventBridge && wanting.length === 0) return;
    this.#changes += 1;
    const sequencer = this.#changes.toString(16).toUpperCase().padStart(18, '0');
    const notice: ChangeNotice = { bucket: bucket.name, change, requestId: newRequestId(), sequencer };
    if (toEventBridge) this.#context.peers.events.emit(bridgeEvent(this.#context, notice));
    for (const target of wanting) void this.#context.track(this.#deliver(target, notice)).catch(this.#context.report);
  }

  /** A target that has gone, or no longer lets S3 in, loses its notifications, as on AWS. */
  async #deliver(target: NotificationTarget, notice: ChangeNotice): Promise<void> {
    const { peers } = this.#context;
    const message = JSON.stringify({ Records: [eventRecord(this.#context, notice, target.id)] });
    const principal = this.#principal(notice.bucket);
    try {
      if (target.kind === 'lambda') {
        await peers.lambda.invokeAsync({ functionName: target.arn, payload: Buffer.from(message), principal });
      } else {
        peers.sqs.assertMaySend(target.arn, principal);
        await peers.sqs.send(target.arn, message);
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  #assertReachable({ name }: Bucket, { kind, arn }: NotificationTarget): void {
    const { peers } = this.#context;
    try {
      if (kind === 'lambda') peers.lambda.assertInvokable(arn, this.#principal(name));
      else peers.sqs.assertMaySend(arn, this.#principal(name));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw invalid(`Unable to validate the following destination configurations: ${arn}: ${error.message}`);
    }
  }

  #principal(bucket: string) {
    const { accountId } = this.#context;
    return {
      kind: 'service' as const,
      service: 's3.amazonaws.com',
      sourceArn: bucketArn(bucket),
      sourceAccount: accountId,
    };
  }
}

const newRequestId = (): string => randomBytes(8).toString('hex').toUpperCase();
