import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/** A stack's outputs by name, with a client of the environment. */
export async function stackOutputs(stackName: string, region?: string): Promise<Readonly<Record<string, string>>> {
  const client = new CloudFormationClient(region === undefined ? {} : { region });
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
  return Object.fromEntries(
    (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}
