import {
  type ApplicationAutoScalingClient,
  DeleteScheduledActionCommand,
  ObjectNotFoundException,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import type { Change } from '@lamplighter/remedies';
import type { ChangeHands } from './resources.ts';

const DIMENSION = { ServiceNamespace: 'lambda', ScalableDimension: 'lambda:function:ProvisionedConcurrency' } as const;

/** Provisioned concurrency by the clock, through Application Auto Scaling. Undone by a schedule of nothing: its actions are deleted. */
export function lambdaSchedule(
  client: ApplicationAutoScalingClient,
): ChangeHands<Extract<Change, { kind: 'lambda-provisioned-schedule' }>> {
  return {
    async read(change) {
      return { ...change, actions: change.actions.map((action) => ({ ...action, schedule: 'none' })) };
    },
    async write({ functionName, qualifier, actions }) {
      const target = { ...DIMENSION, ResourceId: `function:${functionName}:${qualifier}` };
      const most = Math.max(...actions.map(({ concurrency }) => concurrency));
      await client.send(new RegisterScalableTargetCommand({ ...target, MinCapacity: 0, MaxCapacity: most }));
      for (const { name: ScheduledActionName, schedule, concurrency } of actions) {
        if (schedule === 'none') {
          await client.send(new DeleteScheduledActionCommand({ ...target, ScheduledActionName })).catch(ignoreAbsence);
          continue;
        }
        const ScalableTargetAction = { MinCapacity: concurrency, MaxCapacity: concurrency };
        const action = { ...target, ScheduledActionName, Schedule: schedule, ScalableTargetAction };
        await client.send(new PutScheduledActionCommand(action));
      }
    },
  };
}

function ignoreAbsence(error: unknown): void {
  if (!(error instanceof ObjectNotFoundException)) throw error;
}
