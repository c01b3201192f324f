import {
  type ApplicationAutoScalingClient,
  DeleteScheduledActionCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScheduledActionsCommand,
  ObjectNotFoundException,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Change } from '@lamplighter/remedies';
import { readProvisioned, writeProvisioned } from './lambda-provisioned.ts';
import type { ChangeHands } from './resources.ts';

type ScheduleChange = Extract<Change, { kind: 'lambda-provisioned-schedule' }>;

const LAMBDA = { ServiceNamespace: 'lambda', ScalableDimension: 'lambda:function:ProvisionedConcurrency' } as const;

/**
 * Provisioned concurrency by the clock, through Application Auto Scaling: the range of an alias, and the scheduled actions that the change names. A schedule
 * that is deleted leaves what it provisioned last, so its snapshot says how many environments were ready without it. An alias that somebody else schedules by
 * now is left to them.
 */
export function lambdaSchedule(
  client: ApplicationAutoScalingClient,
  lambda: LambdaClient,
): ChangeHands<ScheduleChange> {
  const scheduledFor = async (ResourceId: string) =>
    (await client.send(new DescribeScheduledActionsCommand({ ...LAMBDA, ResourceId }))).ScheduledActions ?? [];
  return {
    async read({ kind, functionName, qualifier, range, actions }) {
      const ResourceId = resourceIdOf({ functionName, qualifier });
      const [targets, scheduled] = await Promise.all([
        client.send(new DescribeScalableTargetsCommand({ ...LAMBDA, ResourceIds: [ResourceId] })),
        scheduledFor(ResourceId),
      ]);
      const own = actions.map(({ name }) => name);
      if (range !== null && scheduled.some((one) => !own.includes(one.ScheduledActionName!)))
        throw new Error(`Somebody else schedules ${ResourceId}; it is left to them.`);
      const target = targets.ScalableTargets?.[0];
      return {
        kind,
        functionName,
        qualifier,
        range: target === undefined ? null : rangeOf(target),
        actions: actions.map(({ name }) => {
          const found = scheduled.find(({ ScheduledActionName }) => ScheduledActionName === name);
          return { name, at: (found && { schedule: found.Schedule!, ...rangeOf(found.ScalableTargetAction) }) || null };
        }),
        ...(target === undefined && { ready: await readProvisioned(lambda, { functionName, qualifier }) }),
      };
    },
    async write(change) {
      const { range, actions, ready } = change;
      const target = { ...LAMBDA, ResourceId: resourceIdOf(change) };
      if (range !== null)
        await client.send(
          new RegisterScalableTargetCommand({ ...target, MinCapacity: range.min, MaxCapacity: range.max }),
        );
      for (const { name: ScheduledActionName, at } of actions) {
        const action = { ...target, ScheduledActionName };
        if (at === null) await client.send(new DeleteScheduledActionCommand(action)).catch(ignoreAbsence);
        else {
          const ScalableTargetAction = { MinCapacity: at.min, MaxCapacity: at.max };
          await client.send(new PutScheduledActionCommand({ ...action, Schedule: at.schedule, ScalableTargetAction }));
        }
      }
      if (range !== null) return;
      const own = actions.map(({ name }) => name);
      const others = (await scheduledFor(target.ResourceId)).filter((one) => !own.includes(one.ScheduledActionName!));
      if (others.length > 0) return;
      await client.send(new DeregisterScalableTargetCommand(target)).catch(ignoreAbsence);
      if (ready !== undefined) await writeProvisioned(lambda, change, ready);
    },
  };
}

const resourceIdOf = ({ functionName, qualifier }: Pick<ScheduleChange, 'functionName' | 'qualifier'>): string =>
  `function:${functionName}:${qualifier}`;

const rangeOf = (found: { MinCapacity?: number | undefined; MaxCapacity?: number | undefined } | undefined) => ({
  min: found?.MinCapacity ?? 0,
  max: found?.MaxCapacity ?? 0,
});

function ignoreAbsence(error: unknown): void {
  if (!(error instanceof ObjectNotFoundException)) throw error;
}
