import {
  type ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
} from '@aws-sdk/client-application-auto-scaling';

/** Ids that one call may name: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalableTargets.html */
const MOST_IDS = 50;

/** Aliases of a function whose provisioned concurrency Application Auto Scaling chooses. */
export async function readScaledAliases(
  client: ApplicationAutoScalingClient,
  functionName: string,
  aliases: readonly string[],
): Promise<readonly string[]> {
  const scaled: string[] = [];
  for (let from = 0; from < aliases.length; from += MOST_IDS)
    scaled.push(...(await scaledAmong(client, functionName, aliases.slice(from, from + MOST_IDS))));
  return scaled;
}

async function scaledAmong(
  client: ApplicationAutoScalingClient,
  functionName: string,
  aliases: readonly string[],
): Promise<string[]> {
  const { ScalableTargets = [] } = await client.send(
    new DescribeScalableTargetsCommand({
      ServiceNamespace: 'lambda',
      ScalableDimension: 'lambda:function:ProvisionedConcurrency',
      ResourceIds: aliases.map((alias) => `function:${functionName}:${alias}`),
    }),
  );
  return ScalableTargets.map(({ ResourceId }) => ResourceId!.split(':').at(-1)!);
}
