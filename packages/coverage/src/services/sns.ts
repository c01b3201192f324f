import type { Watch } from '../coverage-report.ts';
import type { CoverageRule, ServiceRules } from '../coverage-rule.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { listOf } from '../template.ts';
import { alarmsOn } from '../watches/alarms.ts';
import { deadLetterOf } from '../watches/dead-letters.ts';

const FAILED = {
  namespace: 'AWS/SNS',
  dimension: 'TopicName',
  metrics: [
    'NumberOfNotificationsFailed',
    'NumberOfNotificationsRedrivenToDlq',
    'NumberOfNotificationsFailedToRedriveToDlq',
  ],
} as const;

const topicRule: CoverageRule = (topic, stack) => [
  {
    aspect: 'deliveries',
    watchedBy: [
      ...alarmsOn(stack, topic, FAILED),
      ...(listOf(topic.Properties?.DeliveryStatusLogging).length > 0
        ? [{ kind: 'execution-log' as const, through: [] }]
        : []),
      ...deadLettersOfAll(stack, topic),
    ],
    why: 'a message that cannot be delivered is dropped, and leaves nothing behind',
    mend: 'redrivePolicy on each subscription, or an alarm on NumberOfNotificationsFailed',
  },
];

/** The dead-letter queues of its subscriptions, where each has one; subscriptions written inside the topic cannot. */
function deadLettersOfAll(stack: StackView, topic: StackResource): readonly Watch[] {
  if (listOf(topic.Properties?.Subscription).length > 0) return [];
  const subscriptions = stack
    .ofType('AWS::SNS::Subscription')
    .filter(({ Properties }) => stack.means(Properties?.TopicArn, topic));
  const letters = subscriptions.map((subscription) => deadLetterOf(stack, subscription));
  return letters.every((each) => each.length > 0) ? letters.flat() : [];
}

export const SNS: ServiceRules = { service: 'SNS', rules: { 'AWS::SNS::Topic': topicRule } };
