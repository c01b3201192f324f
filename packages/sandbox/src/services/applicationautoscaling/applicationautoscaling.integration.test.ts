import {
  ApplicationAutoScalingClient,
  DeleteScalingPolicyCommand,
  DeleteScheduledActionCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingActivitiesCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
  PutScalingPolicyCommand,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { GetProvisionedConcurrencyConfigCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';

const TARGET = {
  ServiceNamespace: 'lambda' as const,
  ResourceId: 'function:lamp:live',
  ScalableDimension: 'lambda:function:ProvisionedConcurrency' as const,
};
const POLICY = {
  TargetValue: 0.5,
  PredefinedMetricSpecification: { PredefinedMetricType: 'LambdaProvisionedConcurrencyUtilization' as const },
};
const TEMPLATE = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
    Lamp: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'lamp',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async () => process.env.AWS_LAMBDA_INITIALIZATION_TYPE' },
        Timeout: 60,
      },
    },
    Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Lamp' } } },
    Live: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: 'Lamp' },
        FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
        Name: 'live',
      },
    },
    Target: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      DependsOn: 'Live',
      Properties: {
        ...TARGET,
        MinCapacity: 0,
        MaxCapacity: 0,
        ScheduledActions: [
          {
            ScheduledActionName: 'morning',
            Schedule: 'cron(0 8 * * ? *)',
            ScalableTargetAction: { MinCapacity: 2, MaxCapacity: 4 },
          },
          {
            ScheduledActionName: 'night',
            Schedule: 'cron(0 20 * * ? *)',
            ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 },
          },
        ],
      },
    },
    Policy: {
      Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
      Properties: {
        PolicyName: 'half',
        PolicyType: 'TargetTrackingScaling',
        ScalingTargetId: { Ref: 'Target' },
        TargetTrackingScalingPolicyConfiguration: POLICY,
      },
    },
  },
};
const HOUR_MS = 3_600_000;

let started: TestSandbox;
let scaling: ApplicationAutoScalingClient;
let lambda: LambdaClient;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['logs', 'cloudwatch', 'lambda', 'application-autoscaling'] });
  await started.sandbox.deployTemplate({ stackName: 'lamp', template: TEMPLATE });
  scaling = started.sandbox.client(ApplicationAutoScalingClient, { maxAttempts: 1 });
  lambda = started.sandbox.client(LambdaClient, { maxAttempts: 1 });
});
afterAll(() => started.stop());

const provisioned = () =>
  lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: 'lamp', Qualifier: 'live' }));
const invoke = async () =>
  JSON.parse(
    (await lambda.send(new InvokeCommand({ FunctionName: 'lamp', Qualifier: 'live' }))).Payload!.transformToString(),
  ) as string;

describe('a scheduled action', () => {
  test('provisions concurrency in the morning and ends it at night', async () => {
    await started.clock.advance(8 * HOUR_MS);
    expect(await provisioned()).toMatchObject({ Status: 'IN_PROGRESS', RequestedProvisionedConcurrentExecutions: 2 });
    await started.clock.advance(HOUR_MS);
    expect(await provisioned()).toMatchObject({ Status: 'READY', AvailableProvisionedConcurrentExecutions: 2 });
    expect(await invoke()).toBe('provisioned-concurrency');

    await started.clock.advance(11 * HOUR_MS);

    await expect(provisioned()).rejects.toMatchObject({ name: 'ProvisionedConcurrencyConfigNotFoundException' });
    expect(await invoke()).toBe('on-demand');
    const { ScalingActivities } = await scaling.send(
      new DescribeScalingActivitiesCommand({ ServiceNamespace: 'lambda' }),
    );
    expect(ScalingActivities?.map(({ Description }) => Description)).toEqual([
      'Setting desired concurrency to 0.',
      'Setting desired concurrency to 2.',
    ]);
  });

  test('happens once where it has one time, and is described until it is deleted', async () => {
    await scaling.send(
      new PutScheduledActionCommand({
        ...TARGET,
        ScheduledActionName: 'launch',
        Schedule: 'at(2026-01-01T22:00:00)',
        ScalableTargetAction: { MinCapacity: 1, MaxCapacity: 4 },
      }),
    );
    const { ScheduledActions } = await scaling.send(
      new DescribeScheduledActionsCommand({ ServiceNamespace: 'lambda' }),
    );
    expect(ScheduledActions?.map(({ ScheduledActionName }) => ScheduledActionName)).toEqual([
      'morning',
      'night',
      'launch',
    ]);
    await started.clock.advance(2 * HOUR_MS + 61_000);
    expect(await provisioned()).toMatchObject({ Status: 'READY', AvailableProvisionedConcurrentExecutions: 1 });

    for (const ScheduledActionName of ['morning', 'night', 'launch'])
      await scaling.send(new DeleteScheduledActionCommand({ ...TARGET, ScheduledActionName }));

    expect(
      (await scaling.send(new DescribeScheduledActionsCommand({ ServiceNamespace: 'lambda' }))).ScheduledActions,
    ).toEqual([]);
  });
});

describe('a policy', () => {
  test('provisions more while utilisation is above its target', async () => {
    // One environment, and one invocation each minute: utilisation 1 where a half is wanted.
    for (let minute = 0; minute < 3; minute += 1) {
      await invoke();
      await started.clock.advance(60_000);
    }

    expect(await provisioned()).toMatchObject({ RequestedProvisionedConcurrentExecutions: 2 });
  });

  test('is described and deleted', async () => {
    const { ScalingPolicies } = await scaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'lambda' }));
    expect(ScalingPolicies).toMatchObject([
      { PolicyName: 'half', TargetTrackingScalingPolicyConfiguration: { TargetValue: 0.5 } },
    ]);

    await scaling.send(new DeleteScalingPolicyCommand({ ...TARGET, PolicyName: 'half' }));

    expect(
      (await scaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'lambda' }))).ScalingPolicies,
    ).toEqual([]);
  });

  test.each([
    [{ PolicyType: 'StepScaling' as const }, 'StepScaling'],
    [{ TargetTrackingScalingPolicyConfiguration: { ...POLICY, TargetValue: 70 } }, 'at most 1'],
  ])('%j is refused', async (change, message) => {
    const command = new PutScalingPolicyCommand({
      ...TARGET,
      PolicyName: 'odd',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: POLICY,
      ...change,
    });
    await expect(scaling.send(command)).rejects.toThrow(message);
  });
});

describe('a target', () => {
  test('is registered, changed and deregistered', async () => {
    await scaling.send(new RegisterScalableTargetCommand({ ...TARGET, MaxCapacity: 9 }));
    const { ScalableTargets } = await scaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'lambda' }));
    expect(ScalableTargets).toMatchObject([{ ResourceId: TARGET.ResourceId, MinCapacity: 1, MaxCapacity: 9 }]);

    await scaling.send(new DeregisterScalableTargetCommand(TARGET));

    await expect(scaling.send(new DeregisterScalableTargetCommand(TARGET))).rejects.toMatchObject({
      name: 'ObjectNotFoundException',
    });
  });

  test.each([
    [{ ServiceNamespace: 'dynamodb' as const }, 'namespace lambda only, not dynamodb'],
    [{ ResourceId: 'function:lamp' }, 'not lambda:function:ProvisionedConcurrency of function:lamp'],
    [{ MinCapacity: 3, MaxCapacity: 2 }, 'Maximum capacity cannot be less'],
  ])('%j is refused', async (change, message) => {
    const command = new RegisterScalableTargetCommand({ ...TARGET, MinCapacity: 0, MaxCapacity: 1, ...change });
    await expect(scaling.send(command)).rejects.toThrow(message);
  });
});
