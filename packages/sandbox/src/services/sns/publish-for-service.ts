import { randomUUID } from 'node:crypto';
import type { Principal } from '../../core/peers.ts';
import { ApiError, type ServiceContext } from '../../core/service.ts';
import { evaluateResourcePolicy } from '../../iam/policies/resource-policy.ts';
import type { SnsPeer } from './sns-peer.ts';
import type { SnsState } from './sns-state.ts';
import type { Topic } from './topics/topic.ts';

/** Publishes for another service: as a role, or in its own name where the topic's policy lets it. */
export function publishForService({ context, topics, fanOut }: SnsState): SnsPeer['publish'] {
  return async (topicArn, { message, subject, attributes = {} }, principal) => {
    const topic = topics.topic(topicArn);
    assertMayPublish(context, topic, principal);
    fanOut.publish(topic, {
      messageId: randomUUID(),
      message,
      subject,
      attributes: Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
      ),
      publishedAt: context.clock.now(),
    });
  };
}

export function assertMayPublish({ peers }: ServiceContext, topic: Topic, principal: Principal): void {
  if (principal.kind === 'role') {
    peers.iam.assertRoleAllows(principal.roleArn, 'sns:Publish', topic.arn);
    return;
  }
  const { service, sourceArn, sourceAccount } = principal;
  // Alarms of the topic's own account need no word in its policy as long as it is the one that a topic has from the start.
  if (service === 'cloudwatch.amazonaws.com' && topic.policy.Id === '__default_policy_ID') return;
  const request = {
    action: 'sns:Publish',
    resource: topic.arn,
    context: { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': sourceAccount, 'aws:SourceOwner': sourceAccount },
  };
  if (evaluateResourcePolicy(topic.policy, { kind: 'service', service }, request) === 'allow') return;
  throw new ApiError(
    'AuthorizationError',
    `The policy of ${topic.arn} does not let ${service} publish for ${sourceArn}.`,
    403,
  );
}
