import type { Proposal } from '../playbook.ts';
import type { AdvisedSchedule } from '../remedy-context.ts';

/** What is done about cold starts by the clock: the change, its undoing and its patch. Every action sets exactly so many environments. */
export function scheduleProposal(
  { functionName, qualifier, actions }: Pick<AdvisedSchedule, 'functionName' | 'qualifier' | 'actions'>,
  words: Pick<Proposal, 'title' | 'reason' | 'costPerHourUsd'>,
): Proposal {
  const most = Math.max(...actions.map(({ concurrency }) => concurrency));
  return {
    ...words,
    change: {
      kind: 'lambda-provisioned-schedule',
      functionName,
      qualifier,
      range: { min: 0, max: most },
      actions: actions.map(({ name, schedule, concurrency }) => ({
        name,
        at: { schedule, min: concurrency, max: concurrency },
      })),
    },
    undo: 'The schedule is deleted, the alias is scaled by nobody, and as many environments are kept ready as were before.',
    patch: schedulePatch({ functionName, qualifier, actions }, most),
  };
}

const schedulePatch = (
  { functionName, qualifier, actions }: Pick<AdvisedSchedule, 'functionName' | 'qualifier' | 'actions'>,
  most: number,
): string =>
  [
    'resources:',
    '  Resources:',
    '    ProvisionedByTheClock:',
    '      Type: AWS::ApplicationAutoScaling::ScalableTarget',
    '      Properties:',
    '        ServiceNamespace: lambda',
    '        ScalableDimension: lambda:function:ProvisionedConcurrency',
    `        ResourceId: function:${functionName}:${qualifier}`,
    '        MinCapacity: 0',
    `        MaxCapacity: ${most}`,
    '        ScheduledActions:',
    ...actions.map(
      ({ name, schedule, concurrency }) =>
        `          - { ScheduledActionName: ${name.replace(/^lamplighter-/, 'ready-')}, Schedule: "${schedule}", ScalableTargetAction: { MinCapacity: ${concurrency}, MaxCapacity: ${concurrency} } }`,
    ),
    '',
  ].join('\n');
