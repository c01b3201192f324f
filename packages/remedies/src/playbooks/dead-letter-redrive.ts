import type { Obstacle, Playbook } from '../playbook.ts';
import type { RemedyContext } from '../remedy-context.ts';

/** Slow enough that a fault which is still there shows before the queue is empty again. */
const PER_SECOND = 10;
const MOST_FAILURES = 0.01;
const MOST_NAMES = 3;

/**
 * Gives messages that were given up another chance, once what made them fail is over. For the dead-letter queue of a queue alone: SQS moves nothing out of one
 * that Lambda or SNS fill (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html).
 */
export const deadLetterRedrive: Playbook = {
  name: 'dead-letter-redrive',
  answers: ['error-burst', 'timeouts', 'out-of-memory', 'init-failures', 'retry-storm', 'dependency-slow'],
  risk: 'medium',
  // The last four: what SQS asks of whoever starts a move (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html).
  permissions: [
    'sqs:StartMessageMoveTask',
    'sqs:CancelMessageMoveTask',
    'sqs:ListMessageMoveTasks',
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:SendMessage',
  ],
  verifies: 'failure-share',
  afterwards: true,
  alwaysAsks: true,
  propose: ({ finding, deadLetters, traffic }) => {
    if (deadLetters === undefined || deadLetters.messages === 0 || traffic.failureShare > MOST_FAILURES)
      return undefined;
    const { queueArn, sourceQueueArn, messages } = deadLetters;
    const obstacle = obstacleTo(deadLetters);
    return {
      change: { kind: 'queue-redrive', deadLetterQueueArn: queueArn, sourceQueueArn, perSecond: PER_SECOND },
      title: `Move the ${messages} messages of ${queueArn.split(':').at(-1)} back to ${sourceQueueArn.split(':').at(-1)}, ${PER_SECOND} a second`,
      reason: `The failures are over since ${new Date(finding.resolvedAt ?? finding.updatedAt).toISOString()}.`,
      costPerHourUsd: 0,
      undo: 'The move is cancelled; what has not moved yet stays where it is.',
      ...(obstacle && { obstacle }),
    };
  },
};

/** SQS gives each message back to the queue that gave it up, and works with the rights of whoever begins the move: Lamplighter has none on a key. */
function obstacleTo({
  queueArn,
  otherSources,
  keyed,
}: NonNullable<RemedyContext['deadLetters']>): Obstacle | undefined {
  const byHand = `move the messages yourself: aws sqs start-message-move-task --source-arn ${queueArn}`;
  if (otherSources.length > 0)
    return {
      reason: `${namesOf(otherSources)} give up into ${queueArn.split(':').at(-1)} as well: a move gives back what is theirs too, and nobody says that their failures are over.`,
      lift: `Give each queue a dead-letter queue of its own, or ${byHand}`,
    };
  if (keyed.length === 0) return undefined;
  return {
    reason: `A KMS key encrypts ${namesOf(keyed)}: Lamplighter may not use it, and the move would fail.`,
    lift: `With the right to use the key, ${byHand}`,
  };
}

const namesOf = (names: readonly string[]): string =>
  names.length > MOST_NAMES
    ? `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`
    : names.join(' and ');
