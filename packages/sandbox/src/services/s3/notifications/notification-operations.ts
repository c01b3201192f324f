import type { Buckets } from '../buckets/buckets.ts';
import { onBucket } from '../objects/object-access.ts';
import { listOf, parseXml } from '../wire/parse-xml.ts';
import { notImplemented } from '../wire/s3-error.ts';
import { type S3Operation, xmlResponse } from '../wire/s3-operation.ts';
import { type XmlContent, xmlDocument } from '../wire/xml.ts';
import type { NotificationConfiguration, NotificationTarget } from './notification-configuration.ts';
import { filterOf } from './notification-property.ts';
import type { Notifier } from './notifier.ts';

/** GetBucketNotificationConfiguration and PutBucketNotificationConfiguration. */
export function notificationOperations(buckets: Buckets, notifier: Notifier): Record<string, S3Operation> {
  return {
    GetBucketNotificationConfiguration: {
      permissions: (request) => [onBucket('GetBucketNotification', request)],
      handle: (request) =>
        xmlResponse(xmlDocument('NotificationConfiguration', documentOf(buckets.named(request.bucket).notifications))),
    },
    PutBucketNotificationConfiguration: {
      permissions: (request) => [onBucket('PutBucketNotification', request)],
      handle: async (request) => {
        const configuration = configurationOf(parseXml(request.body, 'NotificationConfiguration'));
        await notifier.configure(buckets.named(request.bucket), configuration);
        return { status: 200 };
      },
    },
  };
}

/** How the two are recognised. */
export const notificationRoute = (verb: 'Get' | 'Put') => ({
  name: `${verb}BucketNotificationConfiguration`,
  required: ['notification'],
});

const KNOWN = ['CloudFunctionConfiguration', 'QueueConfiguration', 'EventBridgeConfiguration', '#text'];

function configurationOf(content: XmlContent): NotificationConfiguration {
  const unknown = Object.keys(content).find((name) => !KNOWN.includes(name) && !name.startsWith('@'));
  if (unknown) throw notImplemented(`notification ${unknown}`);
  return {
    toEventBridge: content.EventBridgeConfiguration !== undefined,
    targets: [
      ...listOf(content, 'CloudFunctionConfiguration').map((one, index) => target(one, 'lambda', index)),
      ...listOf(content, 'QueueConfiguration').map((one, index) => target(one, 'sqs', index)),
    ],
  };
}

function target(content: XmlContent, kind: NotificationTarget['kind'], index: number): NotificationTarget {
  const key = (content.Filter as XmlContent | undefined)?.S3Key as XmlContent | undefined;
  return {
    id: String(content.Id ?? `${kind}-${index}`),
    kind,
    arn: String(kind === 'lambda' ? content.CloudFunction : content.Queue),
    events: listOf(content, 'Event').map(String),
    ...filterOf(key ? listOf(key, 'FilterRule') : []),
  };
}

function documentOf({ toEventBridge, targets }: NotificationConfiguration): XmlContent {
  const written = (kind: NotificationTarget['kind'], arnName: string) =>
    targets
      .filter((one) => one.kind === kind)
      .map(({ id, arn, events, prefix, suffix }) => ({
        Id: id,
        [arnName]: arn,
        Event: events,
        Filter: filterDocument([
          ['Prefix', prefix],
          ['Suffix', suffix],
        ]),
      }));
  return {
    CloudFunctionConfiguration: written('lambda', 'CloudFunction'),
    QueueConfiguration: written('sqs', 'Queue'),
    EventBridgeConfiguration: toEventBridge ? {} : undefined,
  };
}

function filterDocument(rules: readonly (readonly [string, string])[]): XmlContent | undefined {
  const FilterRule = rules.filter(([, Value]) => Value !== '').map(([Name, Value]) => ({ Name, Value }));
  return FilterRule.length > 0 ? { S3Key: { FilterRule } } : undefined;
}
