import type { ServiceContext } from '../../../core/service.ts';
import { ApiError } from '../../../core/service.ts';
import type { Publication, Subscription } from '../topics/topic.ts';
import type { Mailbox } from './mailbox.ts';
import { functionEvent, messageFor, notification } from './notification.ts';

const PRINCIPAL = 'sns.amazonaws.com';
/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const WEB_TIMEOUT_MS = 15_000;

/** Delivers one message to one subscriber, judged as AWS judges it: by the function's or the queue's own policy. Rejects as the subscriber refuses. */
export async function send(
  context: ServiceContext,
  mailbox: Mailbox,
  subscription: Subscription,
  publication: Publication,
): Promise<void> {
  const { protocol, endpoint, topicArn } = subscription;
  const { peers } = context;
  const principal = {
    kind: 'service' as const,
    service: PRINCIPAL,
    sourceArn: topicArn,
    sourceAccount: context.accountId,
  };
  switch (protocol) {
    case 'lambda': {
      const payload = Buffer.from(JSON.stringify(functionEvent(publication, subscription, context.endpoint())));
      return peers.lambda.invokeAsync({
        functionName: endpoint,
        payload,
        principal,
        traceHeader: publication.traceHeader,
      });
    }
    case 'sqs':
      peers.sqs.assertMaySend(endpoint, principal);
      return peers.sqs.send(
        endpoint,
        bodyFor(context, subscription, publication),
        isRaw(subscription) ? textAttributes(publication) : {},
        publication.traceHeader,
      );
    case 'firehose': {
      const roleArn = subscription.attributes.get('SubscriptionRoleArn') ?? '';
      peers.iam.assertServiceMayAssume(roleArn, PRINCIPAL);
      peers.iam.assertRoleAllows(roleArn, 'firehose:PutRecord', endpoint);
      return peers.firehose.put(endpoint, Buffer.from(`${bodyFor(context, subscription, publication)}\n`));
    }
    case 'email':
      return mailbox.deliver({
        to: endpoint,
        topicArn,
        subject: publication.subject ?? 'AWS Notification Message',
        body: messageFor(publication, protocol),
      });
    case 'email-json':
      return mailbox.deliver({
        to: endpoint,
        topicArn,
        subject: publication.subject ?? 'AWS Notification Message',
        body: bodyFor(context, subscription, publication),
      });
    default:
      return post(endpoint, bodyFor(context, subscription, publication), {
        'x-amz-sns-message-type': 'Notification',
        'x-amz-sns-message-id': publication.messageId,
        'x-amz-sns-topic-arn': topicArn,
        'x-amz-sns-subscription-arn': subscription.arn,
        ...(isRaw(subscription) ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
      });
  }
}

/** Posts to a web endpoint of this machine; throws unless it answers with a status below 300. */
export async function post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const signal = AbortSignal.timeout(WEB_TIMEOUT_MS);
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/plain; charset=UTF-8', ...headers },
    redirect: 'error',
    signal,
  });
  await response.arrayBuffer();
  if (response.status >= 300)
    throw new ApiError(
      'EndpointFailure',
      `${url} answered ${response.status}.`,
      response.status >= 500 || response.status === 429 ? 500 : 400,
    );
}

const isRaw = ({ attributes }: Subscription): boolean => attributes.get('RawMessageDelivery') === 'true';

function bodyFor(context: ServiceContext, subscription: Subscription, publication: Publication): string {
  if (isRaw(subscription)) return messageFor(publication, subscription.protocol);
  return JSON.stringify(notification(publication, subscription, context.endpoint()));
}

function textAttributes({ attributes }: Publication): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { StringValue, BinaryValue }]) => [name, StringValue ?? BinaryValue ?? '']),
  );
}
