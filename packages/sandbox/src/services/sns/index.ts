import { queryService, renderQueryError } from '../../core/protocols/query-protocol.ts';
import { ApiError, type Emulated, type ServiceContext } from '../../core/service.ts';
import { FanOut } from './delivery/fan-out.ts';
import { Mailbox } from './delivery/mailbox.ts';
import { publishOperations } from './operations/publish-operations.ts';
import { subscriptionOperations } from './operations/subscription-operations.ts';
import { topicOperations } from './operations/topic-operations.ts';
import { assertMayPublish, publishForService } from './publish-for-service.ts';
import { subscriptionResource, topicPolicyResource } from './resources/subscription-resources.ts';
import { topicResource } from './resources/topic-resource.ts';
import type { SnsPeer } from './sns-peer.ts';
import type { SnsState } from './sns-state.ts';
import { Topics } from './topics/topics.ts';

/** SNS: standard topics whose messages reach functions, queues, streams, web endpoints of this machine, and a mailbox. */
export function createSns(context: ServiceContext): Emulated<SnsPeer> {
  const mailbox = new Mailbox();
  const topics = new Topics(context);
  const fanOut = new FanOut(context, topics, mailbox);
  const state: SnsState = { context, topics, fanOut };
  const service = queryService({
    signingName: 'sns',
    xmlns: 'http://sns.amazonaws.com/doc/2010-03-31/',
    operations: { ...topicOperations(state), ...subscriptionOperations(state), ...publishOperations(state) },
    resources: {
      'AWS::SNS::Topic': topicResource(state),
      'AWS::SNS::Subscription': subscriptionResource(state),
      'AWS::SNS::TopicPolicy': topicPolicyResource(state),
    },
  });
  return {
    service: {
      ...service,
      stop: async () => fanOut.stop(),
      // SNS has a name of its own for what IAM refuses.
      renderError: (error) =>
        renderQueryError(
          error.code === 'AccessDenied' ? new ApiError('AuthorizationError', error.message, error.status) : error,
        ),
    },
    peer: {
      publish: publishForService(state),
      assertMayPublish: (topicArn, principal) => assertMayPublish(context, topics.topic(topicArn), principal),
      mails: () => mailbox.list(),
    },
  };
}
