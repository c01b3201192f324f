import type { Watch } from '../coverage-report.ts';
import type { CoverageRule, ServiceRules } from '../coverage-rule.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { listOf, valueAt } from '../template.ts';
import { alarmsOn } from '../watches/alarms.ts';
import { deadLetterOf, deadLetterTargets } from '../watches/dead-letters.ts';

const ruleRule: CoverageRule = (rule, stack) => {
  const hasLetters = deadLetterTargets(rule).every((target) => target !== undefined);
  return [
    {
      aspect: 'lost-events',
      watchedBy: [
        ...alarmsOn(stack, rule, { namespace: 'AWS/Events', dimension: 'RuleName' }),
        ...(hasLetters ? deadLetterOf(stack, rule) : []),
      ],
      why: 'an event that its target does not take for 24 hours is dropped, and leaves nothing behind',
      mend: 'deadLetterQueueArn: <queue> on each target, or an alarm on FailedInvocations of the rule',
    },
  ];
};

const busRule: CoverageRule = (bus, stack) => [
  {
    aspect: 'events',
    watchedBy: [
      ...alarmsOn(stack, bus, { namespace: 'AWS/Events', dimension: 'EventBusName' }),
      ...deadLetterOf(stack, bus),
      ...archivesOf(stack, bus),
    ],
    why: 'what came over it cannot be seen afterwards, nor sent again',
    mend: 'an AWS::Events::Archive with the bus as its SourceArn, or an alarm on its FailedInvocations',
  },
];

function archivesOf(stack: StackView, bus: StackResource): readonly Watch[] {
  return stack
    .ofType('AWS::Events::Archive')
    .filter(({ Properties }) => stack.means(Properties?.SourceArn, bus))
    .map(({ logicalId }) => ({ kind: 'execution-log', through: [logicalId] }));
}

const scheduleRule: CoverageRule = (schedule, stack) => [
  {
    aspect: 'lost-events',
    watchedBy: [
      ...alarmsOn(stack, schedule, { namespace: 'AWS/Scheduler', dimension: 'ScheduleGroup' }),
      ...deadLetterOf(stack, schedule),
    ],
    why: 'a call that its target does not take is dropped, and leaves nothing behind',
    mend: 'Target: { DeadLetterConfig: { Arn: <queue> } }',
  },
];

const pipeRule: CoverageRule = (pipe, stack) => [
  {
    aspect: 'failures',
    watchedBy: [
      ...alarmsOn(stack, pipe, { namespace: 'AWS/EventBridge/Pipes', dimension: 'PipeName' }),
      ...(listOf(valueAt(pipe.Properties, 'LogConfiguration')).length > 0
        ? [{ kind: 'execution-log' as const, through: [] }]
        : []),
    ],
    why: 'its target may fail, and nobody sees it',
    mend: 'LogConfiguration: { Level: ERROR, … }, or an alarm on ExecutionFailed',
  },
];

export const EVENTBRIDGE: ServiceRules = {
  service: 'EventBridge',
  rules: {
    'AWS::Events::Rule': ruleRule,
    'AWS::Events::EventBus': busRule,
    'AWS::Scheduler::Schedule': scheduleRule,
    'AWS::Pipes::Pipe': pipeRule,
  },
};
