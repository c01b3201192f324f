import {
  type ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
} from '@aws-sdk/client-application-auto-scaling';

/** Aliases of a function whose provisioned concurrency Application Auto Scaling chooses. */
export async function readScaledAliases(
  client: ApplicationAutoScalingClient,
  functionName: string,
  aliases: readonly string[],
): Promise<readonly string[]> {
  if (aliases.length === 0) return [];
  const { ScalableTargets = [] } = await client.send(
    new DescribeScalableTargetsCommand({
      ServiceNamespace: 'lambda',
      ScalableDimension: 'lambda:function:ProvisionedConcurrency',
      ResourceIds: aliases.map((alias) => `function:${functionName}:${alias}`),
    }),
  );
  return ScalableTargets.map(({ ResourceId }) => ResourceId!.split(':').at(-1)!);
}
