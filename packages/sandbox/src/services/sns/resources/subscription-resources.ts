import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import type { SnsState } from '../sns-state.ts';

const ATTRIBUTES = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy', 'SubscriptionRoleArn'];

/** `AWS::SNS::Subscription`: Ref is its ARN. */
export function subscriptionResource({ topics, fanOut }: SnsState): ResourceProvider {
  return {
    async create({ properties }) {
      refuseUnknownProperties('AWS::SNS::Subscription', properties, [
        'TopicArn',
        'Protocol',
        'Endpoint',
        ...ATTRIBUTES,
      ]);
      const given = ATTRIBUTES.filter((name) => properties[name] !== undefined);
      const subscription = topics.subscribe({
        topicArn: String(properties.TopicArn),
        protocol: String(properties.Protocol),
        endpoint: String(properties.Endpoint),
        attributes: Object.fromEntries(given.map((name) => [name, asText(properties[name])])),
      });
      fanOut.askForConfirmation(subscription);
      return { ref: subscription.arn, attributes: { Arn: subscription.arn } };
    },
    async delete({ ref }) {
      topics.unsubscribe(ref);
    },
  };
}

/** `AWS::SNS::TopicPolicy`: sets the policy of each of its topics. */
export function topicPolicyResource({ topics }: SnsState): ResourceProvider {
  const apply = (properties: Readonly<Record<string, unknown>>) => {
    refuseUnknownProperties('AWS::SNS::TopicPolicy', properties, ['Topics', 'PolicyDocument']);
    for (const arn of properties.Topics as readonly string[])
      topics.setAttribute(arn, 'Policy', asText(properties.PolicyDocument));
  };
  return {
    async create(request) {
      apply(request.properties);
      return { ref: physicalName(request) };
    },
    async update(created, { properties }) {
      apply(properties);
      return created;
    },
  };
}

function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
