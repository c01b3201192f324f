import type { RequiredPermission, ServiceContext } from '../../core/service.ts';
import type { FanOut } from './delivery/fan-out.ts';
import type { Topics } from './topics/topics.ts';

/** What the operations and resources of SNS work on. */
export interface SnsState {
  readonly context: ServiceContext;
  readonly topics: Topics;
  readonly fanOut: FanOut;
}

/** A permission on a topic, whose own policy may give it as well. */
export function onTopic({ topics }: SnsState, action: string, arn: string): readonly RequiredPermission[] {
  const topic = topics.topics().find((one) => one.arn === arn);
  return [{ action: `sns:${action}`, resource: arn, ...(topic ? { resourcePolicy: topic.policy } : {}) }];
}
