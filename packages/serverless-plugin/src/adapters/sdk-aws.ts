import type { AwsPort } from '../preflight/aws-port.ts';
import { existingGroup } from './existing-group.ts';
import { readAccountPolicies } from './read-account-policies.ts';

/** AWS by clients of SDK v3, made as the framework configures its own. They are loaded when a deploy asks, and never by a package. */
export async function sdkAws(config: Record<string, unknown>): Promise<AwsPort> {
  const [logsSdk, ssmSdk] = await Promise.all([
    import('@aws-sdk/client-cloudwatch-logs'),
    import('@aws-sdk/client-ssm'),
  ]);
  const logs = new logsSdk.CloudWatchLogsClient(config);
  const ssm = new ssmSdk.SSMClient(config);
  return {
    async parameter(Name) {
      const answer = await ssm.send(new ssmSdk.GetParameterCommand({ Name })).catch(unlessNamed('ParameterNotFound'));
      return answer?.Parameter?.Value;
    },
    async filters(logGroupName) {
      const answer = await logs
        .send(new logsSdk.DescribeSubscriptionFiltersCommand({ logGroupName }))
        .catch(unlessNamed('ResourceNotFoundException'));
      return (answer?.subscriptionFilters ?? []).map(({ filterName = '', destinationArn = '' }) => ({
        name: filterName,
        destinationArn,
      }));
    },
    async group(logGroupName) {
      const { logGroups = [] } = await logs.send(
        new logsSdk.DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
      );
      return existingGroup(logGroups, logGroupName);
    },
    async accountPolicies() {
      const { accountPolicies = [] } = await logs.send(
        new logsSdk.DescribeAccountPoliciesCommand({ policyType: 'SUBSCRIPTION_FILTER_POLICY' }),
      );
      return readAccountPolicies(accountPolicies);
    },
  };
}

const unlessNamed =
  (name: string) =>
  (error: unknown): undefined => {
    if (error instanceof Error && error.name === name) return undefined;
    throw error;
  };
