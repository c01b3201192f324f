import type { Aspect } from '../coverage-report.ts';
import type { CoverageRule, ServiceRules } from '../coverage-rule.ts';
import { alarmsOn } from '../watches/alarms.ts';
import { ARRIVALS, BACKLOG, deadLetterOf, isDeadLetterQueue } from '../watches/dead-letters.ts';
import { consumersOf } from '../watches/event-sources.ts';
import { heardThrough } from '../watches/heard.ts';

/** A dead-letter queue: does anybody notice that something lies there? Any other: does it pile up, and where does poison go? */
const queueRule: CoverageRule = (queue, stack, around) => {
  const readers = consumersOf(stack, queue);
  const heard = heardThrough('consumers', readers, stack, around);
  if (isDeadLetterQueue(stack, queue)) {
    return [
      {
        aspect: 'arrivals',
        watchedBy: [...alarmsOn(stack, queue, ARRIVALS), ...heard],
        why: 'what was given up lies there, and expires unseen',
        mend: 'an alarm on its ApproximateNumberOfMessagesVisible (>= 1)',
      },
    ];
  }
  const backlog: Aspect = {
    aspect: 'backlog',
    watchedBy: [...alarmsOn(stack, queue, BACKLOG), ...heard],
    why: 'messages may pile up, and nobody sees it',
    mend: 'have the function that reads it watched, or put an alarm on its ApproximateAgeOfOldestMessage',
  };
  // Who reads it from elsewhere may give up in a way of its own.
  if (readers.length === 0) return [backlog];
  return [
    backlog,
    {
      aspect: 'poison-messages',
      watchedBy: deadLetterOf(stack, queue),
      why: 'a message that always fails goes round until it expires',
      mend: 'RedrivePolicy: { deadLetterTargetArn: <queue>, maxReceiveCount: 5 }',
    },
  ];
};

export const SQS: ServiceRules = { service: 'SQS', rules: { 'AWS::SQS::Queue': queueRule } };
