import {
  type QueryInput,
  type QueryOperation,
  requiredText,
  textMember,
} from '../../../core/protocols/query-protocol.ts';
import { onTopic, type SnsState } from '../sns-state.ts';
import type { Topic } from '../topics/topic.ts';
import { mapOutput, tagsOf, textMap } from './query-maps.ts';

/** CreateTopic, DeleteTopic, GetTopicAttributes, SetTopicAttributes, ListTopics, and tags. */
export function topicOperations(state: SnsState): Record<string, QueryOperation> {
  const { topics } = state;
  const arnOf = (input: QueryInput) => requiredText(input, 'TopicArn');
  const on = (action: string) => (input: QueryInput) => onTopic(state, action, arnOf(input));
  const tagged = (action: string) => (input: QueryInput) => onTopic(state, action, requiredText(input, 'ResourceArn'));
  return {
    CreateTopic: {
      permissions: (input) => onTopic(state, 'CreateTopic', topics.arnOf(requiredText(input, 'Name'))),
      handle: (input) => ({
        TopicArn: topics.create(requiredText(input, 'Name'), textMap(input, 'Attributes'), tagsOf(input)).arn,
      }),
    },
    DeleteTopic: { permissions: on('DeleteTopic'), handle: (input) => topics.delete(arnOf(input)) },
    GetTopicAttributes: {
      permissions: on('GetTopicAttributes'),
      handle: (input) => ({ Attributes: mapOutput(attributesOf(state, topics.topic(arnOf(input)))) }),
    },
    SetTopicAttributes: {
      permissions: on('SetTopicAttributes'),
      handle: (input) =>
        topics.setAttribute(
          arnOf(input),
          requiredText(input, 'AttributeName'),
          textMember(input, 'AttributeValue') ?? '',
        ),
    },
    ListTopics: {
      permissions: () => onTopic(state, 'ListTopics', '*'),
      handle: () => ({ Topics: { member: topics.topics().map(({ arn }) => ({ TopicArn: arn })) } }),
    },
    TagResource: {
      permissions: tagged('TagResource'),
      handle(input) {
        const { tags } = topics.topic(requiredText(input, 'ResourceArn'));
        for (const { Key, Value } of tagsOf(input)) tags.set(Key, Value);
        return {};
      },
    },
    UntagResource: {
      permissions: tagged('UntagResource'),
      handle(input) {
        const { tags } = topics.topic(requiredText(input, 'ResourceArn'));
        for (const key of (input.TagKeys ?? []) as readonly string[]) tags.delete(key);
        return {};
      },
    },
    ListTagsForResource: {
      permissions: tagged('ListTagsForResource'),
      handle: (input) => ({
        Tags: {
          member: [...topics.topic(requiredText(input, 'ResourceArn')).tags].map(([Key, Value]) => ({ Key, Value })),
        },
      }),
    },
  };
}

function attributesOf({ topics, context }: SnsState, topic: Topic): Record<string, string> {
  const subscriptions = topics.subscriptions(topic.arn);
  const pending = subscriptions.filter(({ token }) => token !== undefined).length;
  return {
    TopicArn: topic.arn,
    Owner: context.accountId,
    DisplayName: '',
    ...Object.fromEntries(topic.attributes),
    Policy: JSON.stringify(topic.policy),
    SubscriptionsConfirmed: String(subscriptions.length - pending),
    SubscriptionsPending: String(pending),
    SubscriptionsDeleted: '0',
  };
}
