import type { Playbook } from '../playbook.ts';

/** Slow enough that a fault which is still there shows before the queue is empty again. */
const PER_SECOND = 10;
const MOST_FAILURES = 0.01;

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
    return {
      change: { kind: 'queue-redrive', deadLetterQueueArn: queueArn, sourceQueueArn, perSecond: PER_SECOND },
      title: `Move the ${messages} messages of ${queueArn.split(':').at(-1)} back, ${PER_SECOND} a second`,
      reason: `The failures are over since ${new Date(finding.resolvedAt ?? finding.updatedAt).toISOString()}.`,
      costPerHourUsd: 0,
      undo: 'The move is cancelled; what has not moved yet stays where it is.',
    };
  },
};
