import type { Watch } from '../coverage-report.ts';
import type { CoverageRule, ServiceRules } from '../coverage-rule.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { valueAt } from '../template.ts';
import { alarmsOn, alarmsWhere } from '../watches/alarms.ts';
import { deadLetterOf, deadLetterTargets } from '../watches/dead-letters.ts';

const NOT_DELIVERED = {
  namespace: 'AWS/Events',
  metrics: [
    ...['FailedInvocations', 'DeadLetterInvocations', 'ThrottledRules'],
    ...['InvocationsSentToDlq', 'InvocationsFailedToBeSentToDlq'],
  ],
};
const DROPPED = {
  namespace: 'AWS/Scheduler',
  dimension: 'ScheduleGroup',
  metrics: [
    ...['InvocationDroppedCount', 'TargetErrorCount', 'TargetErrorThrottledCount', 'InvocationThrottleCount'],
    ...['InvocationsSentToDeadLetterCount', 'InvocationsFailedToBeSentToDeadLetterCount'],
  ],
};
const PIPE_FAILURES = {
  namespace: 'AWS/EventBridge/Pipes',
  dimension: 'PipeName',
  metrics: ['ExecutionFailed', 'ExecutionTimeout', 'ExecutionPartiallyFailed', 'TargetStageFailed'],
};

const ruleRule: CoverageRule = (rule, stack) => {
  const hasLetters = deadLetterTargets(rule).every((target) => target !== undefined);
  return [
    {
      aspect: 'lost-events',
      watchedBy: [
        ...alarmsOn(stack, rule, { ...NOT_DELIVERED, dimension: 'RuleName' }),
        ...(hasLetters ? deadLetterOf(stack, rule) : []),
      ],
      why: 'an event that its target does not take for 24 hours is dropped, and leaves nothing behind',
      mend: `${rule.Properties?.ScheduleExpression === undefined ? 'deadLetterQueueArn: <queue>' : 'DeadLetterConfig: { Arn: <queue> }'} on each target, or an alarm on FailedInvocations of the rule`,
    },
  ];
};

const busRule: CoverageRule = (bus, stack) => [
  {
    aspect: 'events',
    watchedBy: [
      ...alarmsOn(stack, bus, { ...NOT_DELIVERED, dimension: 'EventBusName' }),
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
    .filter((archive) => stack.isThereWith(archive, bus) && stack.means(archive.Properties?.SourceArn, bus))
    .map(({ logicalId }) => ({ kind: 'execution-log', through: [logicalId] }));
}

/** Scheduler counts by group; schedules that name none are in `default`. */
function isGroupOf(value: unknown, { Properties }: StackResource, stack: StackView): boolean {
  const { GroupName = 'default' } = Properties ?? {};
  const group = stack.referenced(GroupName);
  return JSON.stringify(value) === JSON.stringify(GroupName) || (group !== undefined && stack.means(value, group));
}

const scheduleRule: CoverageRule = (schedule, stack) => [
  {
    aspect: 'lost-events',
    watchedBy: [
      ...alarmsWhere(stack, schedule, DROPPED, (group) => isGroupOf(group, schedule, stack)),
      ...deadLetterOf(stack, schedule),
    ],
    why: 'a call that its target does not take is dropped, and leaves nothing behind',
    mend: 'Target: { DeadLetterConfig: { Arn: <queue> } }, or an alarm on InvocationDroppedCount of its schedule group',
  },
];

function isLogged({ Properties }: StackResource): boolean {
  const level = valueAt(Properties, 'LogConfiguration.Level');
  return level !== undefined && level !== 'OFF';
}

const pipeRule: CoverageRule = (pipe, stack) => [
  {
    aspect: 'failures',
    watchedBy: [
      ...alarmsOn(stack, pipe, PIPE_FAILURES),
      ...(isLogged(pipe) ? [{ kind: 'execution-log' as const, through: [] }] : []),
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
