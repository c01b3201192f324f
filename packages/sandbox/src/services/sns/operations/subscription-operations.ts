import {
  type QueryInput,
  type QueryOperation,
  requiredText,
  textMember,
} from '../../../core/protocols/query-protocol.ts';
import { onTopic, type SnsState } from '../sns-state.ts';
import type { Subscription } from '../topics/topic.ts';
import { mapOutput, textMap } from './query-maps.ts';

/** Subscribe, ConfirmSubscription, Unsubscribe, the lists, and a subscription's attributes. */
export function subscriptionOperations(state: SnsState): Record<string, QueryOperation> {
  const { topics, fanOut, context } = state;
  const arnOf = (input: QueryInput) => requiredText(input, 'SubscriptionArn');
  const on = (action: string) => (input: QueryInput) =>
    onTopic(state, action, arnOf(input).split(':').slice(0, 6).join(':'));
  const listed = (subscriptions: readonly Subscription[]) => ({
    Subscriptions: { member: subscriptions.map((one) => summary(one, context.accountId)) },
  });
  return {
    Subscribe: {
      permissions: (input) => onTopic(state, 'Subscribe', requiredText(input, 'TopicArn')),
      handle(input) {
        const subscription = topics.subscribe({
          topicArn: requiredText(input, 'TopicArn'),
          protocol: requiredText(input, 'Protocol'),
          endpoint: textMember(input, 'Endpoint') ?? '',
          attributes: textMap(input, 'Attributes'),
        });
        fanOut.askForConfirmation(subscription);
        const isShown = subscription.token === undefined || textMember(input, 'ReturnSubscriptionArn') === 'true';
        return { SubscriptionArn: isShown ? subscription.arn : 'pending confirmation' };
      },
    },
    ConfirmSubscription: {
      permissions: (input) => onTopic(state, 'ConfirmSubscription', requiredText(input, 'TopicArn')),
      handle: (input) => ({
        SubscriptionArn: topics.confirm(requiredText(input, 'TopicArn'), requiredText(input, 'Token')).arn,
      }),
    },
    Unsubscribe: { permissions: on('Unsubscribe'), handle: (input) => topics.unsubscribe(arnOf(input)) },
    ListSubscriptions: {
      permissions: () => onTopic(state, 'ListSubscriptions', '*'),
      handle: () => listed(topics.subscriptions()),
    },
    ListSubscriptionsByTopic: {
      permissions: (input) => onTopic(state, 'ListSubscriptionsByTopic', requiredText(input, 'TopicArn')),
      handle: (input) => listed(topics.subscriptions(topics.topic(requiredText(input, 'TopicArn')).arn)),
    },
    GetSubscriptionAttributes: {
      permissions: on('GetSubscriptionAttributes'),
      handle(input) {
        const subscription = topics.subscription(arnOf(input));
        return {
          Attributes: mapOutput({
            ...summary(subscription, context.accountId),
            SubscriptionArn: subscription.arn,
            RawMessageDelivery: 'false',
            PendingConfirmation: String(subscription.token !== undefined),
            ...Object.fromEntries(subscription.attributes),
          }),
        };
      },
    },
    SetSubscriptionAttributes: {
      permissions: on('SetSubscriptionAttributes'),
      handle: (input) =>
        topics.setSubscriptionAttribute(
          arnOf(input),
          requiredText(input, 'AttributeName'),
          textMember(input, 'AttributeValue') ?? '',
        ),
    },
  };
}

function summary({ arn, token, topicArn, protocol, endpoint }: Subscription, Owner: string): Record<string, string> {
  return {
    SubscriptionArn: token === undefined ? arn : 'PendingConfirmation',
    Owner,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  };
}
