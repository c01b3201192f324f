import type { Playbook } from '../playbook.ts';

/** Slow enough that a fault which is still there shows before the queue is empty again. */
const PER_SECOND = 10;

/** Gives up-and-kept requests another chance, once what made them fail is over. */
export const deadLetterRedrive: Playbook = {
  name: 'dead-letter-redrive',
  answers: ['async-failures'],
  risk: 'medium',
  permissions: ['sqs:StartMessageMoveTask', 'sqs:CancelMessageMoveTask', 'sqs:ListMessageMoveTasks'],
  verifies: 'failure-share',
  alwaysAsks: true,
  propose: ({ finding, function: settings, traffic }) => {
    const queue = settings?.deadLetterQueueArn;
    if (queue === undefined || finding.state !== 'resolved' || traffic.failureShare > 0.01) return undefined;
    return {
      change: { kind: 'queue-redrive', deadLetterQueueArn: queue, perSecond: PER_SECOND },
      title: `Move the messages of ${queue.split(':').at(-1)} back, ${PER_SECOND} a second`,
      reason: `The failures are over since ${new Date(finding.resolvedAt ?? finding.updatedAt).toISOString()}.`,
      costPerHourUsd: 0,
      undo: 'The move is cancelled; what has not moved yet stays where it is.',
    };
  },
};
