import { s3Error } from '../wire/s3-error.ts';

/** Where a bucket's events go. */
export interface NotificationConfiguration {
  readonly toEventBridge: boolean;
  readonly targets: readonly NotificationTarget[];
}

export interface NotificationTarget {
  readonly id: string;
  readonly kind: 'lambda' | 'sqs';
  /** Function or queue. */
  readonly arn: string;
  /** `s3:ObjectCreated:*` */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

export const NO_NOTIFICATIONS: NotificationConfiguration = { toEventBridge: false, targets: [] };

/** Events that the sandbox has. Others that S3 knows (restores, replication, lifecycle) never happen here, and are refused by name. */
const EVENTS = [
  's3:ObjectCreated:*',
  's3:ObjectCreated:Put',
  's3:ObjectCreated:Post',
  's3:ObjectCreated:Copy',
  's3:ObjectCreated:CompleteMultipartUpload',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:Delete',
  's3:ObjectRemoved:DeleteMarkerCreated',
  's3:ObjectTagging:*',
  's3:ObjectTagging:Put',
  's3:ObjectTagging:Delete',
];

/** Whether a target wants an event (`ObjectCreated:Put`) of a key. */
export function wants({ events, prefix, suffix }: NotificationTarget, eventName: string, key: string): boolean {
  return (
    key.startsWith(prefix) &&
    key.endsWith(suffix) &&
    events.some((event) => event === `s3:${eventName}` || event === `s3:${eventName.split(':')[0]}:*`)
  );
}

/** Throws `InvalidArgument` for events that the sandbox has not, and for targets that would both have one event of one key, as S3 does. */
export function assertValid({ targets }: NotificationConfiguration): void {
  for (const [index, target] of targets.entries()) {
    const unknown = target.events.find((event) => !EVENTS.includes(event));
    if (unknown) throw invalid(`The sandbox does not emulate the notification event ${unknown}.`);
    if (target.events.length === 0) throw invalid('A notification configuration needs an event.');
    if (targets.slice(index + 1).some((other) => overlap(target, other))) {
      throw invalid(
        'Configurations overlap. Configurations on the same bucket cannot share a common event type when their filters overlap.',
      );
    }
  }
}

function overlap(left: NotificationTarget, right: NotificationTarget): boolean {
  const prefixes = left.prefix.startsWith(right.prefix) || right.prefix.startsWith(left.prefix);
  const suffixes = left.suffix.endsWith(right.suffix) || right.suffix.endsWith(left.suffix);
  return prefixes && suffixes && left.events.some((event) => right.events.some((other) => sharesEvent(event, other)));
}

function sharesEvent(left: string, right: string): boolean {
  if (left === right) return true;
  const [wide, narrow] = left.endsWith('*') ? [left, right] : [right, left];
  return wide.endsWith('*') && narrow.startsWith(wide.slice(0, -1));
}

export const invalid = (message: string): Error => s3Error('InvalidArgument', message, 400);
