import type { Watch } from '../coverage-report.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { listOf, valueAt } from '../template.ts';
import { alarmsOn } from './alarms.ts';

/** Where in a resource of a type the place for what failed is named. */
const DEAD_LETTER_PATHS: Readonly<Record<string, readonly string[]>> = {
  'AWS::SQS::Queue': ['RedrivePolicy.deadLetterTargetArn'],
  'AWS::SNS::Subscription': ['RedrivePolicy.deadLetterTargetArn'],
  'AWS::Lambda::Function': ['DeadLetterConfig.TargetArn'],
  'AWS::Lambda::EventInvokeConfig': ['DestinationConfig.OnFailure.Destination'],
  'AWS::Lambda::EventSourceMapping': ['DestinationConfig.OnFailure.Destination'],
  'AWS::Scheduler::Schedule': ['Target.DeadLetterConfig.Arn'],
  'AWS::Events::EventBus': ['DeadLetterConfig.Arn'],
};

/** Places that a resource names for what failed, as values of the template. */
export function deadLetterTargets(resource: StackResource): readonly unknown[] {
  if (resource.Type === 'AWS::Events::Rule')
    return listOf(resource.Properties?.Targets).map((target) => valueAt(target, 'DeadLetterConfig.Arn'));
  const paths = DEAD_LETTER_PATHS[resource.Type] ?? [];
  return paths.map((path) => valueAt(resource.Properties, path));
}

/** Names of the dead-letter place as a watch; none where the resource has no such place. */
export function deadLetterOf(stack: StackView, resource: StackResource): readonly Watch[] {
  const targets = deadLetterTargets(resource).filter((target) => target !== undefined);
  if (targets.length === 0) return [];
  const places = targets.flatMap((target) => stack.referenced(target) ?? []);
  if (places.some((place) => !stack.isThereWith(place, resource))) return [];
  return [{ kind: 'dead-letter', through: places.map(({ logicalId }) => logicalId) }];
}

/** Whether other resources of the stack put into this queue what failed. */
export function isDeadLetterQueue(stack: StackView, queue: StackResource): boolean {
  return stack
    .all()
    .some(
      (other) =>
        other.logicalId !== queue.logicalId && deadLetterTargets(other).some((target) => stack.means(target, queue)),
    );
}

/** Metrics of a queue by which it shows that messages pile up. */
export const BACKLOG = {
  namespace: 'AWS/SQS',
  dimension: 'QueueName',
  metrics: ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'],
} as const;

/**
 * Metrics of a dead-letter queue by which arrivals show. `NumberOfMessagesSent` does not count what SQS moves there itself (Amazon SQS
 * Developer Guide, "Available CloudWatch metrics for Amazon SQS").
 */
export const ARRIVALS = {
  ...BACKLOG,
  metrics: [...BACKLOG.metrics, 'ApproximateNumberOfMessagesNotVisible'],
} as const;

/** The dead-letter queues, with an alarm on each, in which everything ends that a resource failed on; undefined where one is missing or unwatched. */
export function watchedDeadLetters(stack: StackView, resource: StackResource): readonly string[] | undefined {
  const queues = deadLetterTargets(resource).map((target) =>
    target === undefined ? undefined : stack.referenced(target),
  );
  const watched = queues.filter((queue) => queue !== undefined && alarmsOn(stack, queue, ARRIVALS).length > 0);
  if (queues.length === 0 || watched.length < queues.length) return undefined;
  return watched.map((queue) => queue?.logicalId ?? '');
}
