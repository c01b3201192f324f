import type { AwsPort } from '../preflight/aws-port.ts';
import { existingGroup } from './existing-group.ts';
import { readAccountPolicies } from './read-account-policies.ts';
import { isNoStack, readTemplate } from './read-template.ts';

/** AWS by clients of SDK v3, made as the framework configures its own. They are loaded when a deploy asks, and never by a package. */
export async function sdkAws(config: Record<string, unknown>): Promise<AwsPort> {
  const [logsSdk, ssmSdk, stackSdk] = await Promise.all([
    import('@aws-sdk/client-cloudwatch-logs'),
    import('@aws-sdk/client-ssm'),
    import('@aws-sdk/client-cloudformation'),
  ]);
  const logs = new logsSdk.CloudWatchLogsClient(config);
  const ssm = new ssmSdk.SSMClient(config);
  const stacks = new stackSdk.CloudFormationClient(config);
  return {
    async parameter(Name) {
      const answer = await ssm.send(new ssmSdk.GetParameterCommand({ Name })).catch(unlessNamed('ParameterNotFound'));
      return answer?.Parameter?.Value;
    },
    async filters(logGroupName) {
      const answer = await logs
        .send(new logsSdk.DescribeSubscriptionFiltersCommand({ logGroupName }))
        .catch(unlessNamed('ResourceNotFoundException'));
      return (answer?.subscriptionFilters ?? []).map(
        ({ filterName = '', destinationArn = '', filterPattern = '' }) => ({
          name: filterName,
          destinationArn,
          filterPattern,
        }),
      );
    },
    async group(logGroupName) {
      const { logGroups = [] } = await logs.send(
        new logsSdk.DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
      );
      return existingGroup(logGroups, logGroupName);
    },
    async deployedTemplate(StackName) {
      const answer = await stacks
        .send(new stackSdk.GetTemplateCommand({ StackName, TemplateStage: 'Original' }))
        .catch(unlessNoStack);
      return answer === undefined ? undefined : readTemplate(answer.TemplateBody);
    },
    async accountPolicies() {
      const { accountPolicies = [] } = await logs.send(
        new logsSdk.DescribeAccountPoliciesCommand({ policyType: 'SUBSCRIPTION_FILTER_POLICY' }),
      );
      return readAccountPolicies(accountPolicies);
    },
  };
}

const unlessNoStack = (error: unknown): undefined => {
  if (error instanceof Error && isNoStack(error)) return undefined;
  throw error;
};

const unlessNamed =
  (name: string) =>
  (error: unknown): undefined => {
    if (error instanceof Error && error.name === name) return undefined;
    throw error;
  };
