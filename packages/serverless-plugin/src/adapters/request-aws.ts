import * as z from 'zod';
import type { HostProvider } from '../host.ts';
import type { AwsPort } from '../preflight/aws-port.ts';
import { existingGroup } from './existing-group.ts';
import { readAccountPolicies } from './read-account-policies.ts';
import { isNoStack, readTemplate } from './read-template.ts';

const Parameter = z.object({ Parameter: z.object({ Value: z.string() }) });
const Filters = z.object({
  subscriptionFilters: z
    .array(z.object({ filterName: z.string(), destinationArn: z.string(), filterPattern: z.string().default('') }))
    .default([]),
});
const Body = z.object({ TemplateBody: z.string().optional() });
const Policies = z.object({
  accountPolicies: z
    .array(
      z.object({
        policyName: z.string().optional(),
        policyDocument: z.string().optional(),
        selectionCriteria: z.string().optional(),
      }),
    )
    .default([]),
});
const Groups = z.object({
  logGroups: z.array(z.object({ logGroupName: z.string(), retentionInDays: z.number().optional() })).default([]),
});

/** AWS by `provider.request(service, method, parameters)` of osls 3 and of Serverless 3 and 4. */
export function requestAws(request: NonNullable<HostProvider['request']>): AwsPort {
  return {
    async parameter(Name) {
      const answer = await request('SSM', 'getParameter', { Name }).catch(unlessMissing('ParameterNotFound'));
      return answer === undefined ? undefined : Parameter.parse(answer).Parameter.Value;
    },
    async filters(logGroupName) {
      const answer = await request('CloudWatchLogs', 'describeSubscriptionFilters', { logGroupName }).catch(
        unlessMissing('ResourceNotFoundException'),
      );
      return Filters.parse(answer ?? {}).subscriptionFilters.map(({ filterName, ...filter }) => ({
        name: filterName,
        ...filter,
      }));
    },
    async group(logGroupName) {
      const answer = await request('CloudWatchLogs', 'describeLogGroups', { logGroupNamePrefix: logGroupName });
      return existingGroup(Groups.parse(answer).logGroups, logGroupName);
    },
    async deployedTemplate(StackName) {
      const answer = await request('CloudFormation', 'getTemplate', { StackName, TemplateStage: 'Original' }).catch(
        unlessNoStack,
      );
      return answer === undefined ? undefined : readTemplate(Body.parse(answer).TemplateBody);
    },
    async accountPolicies() {
      const answer = await request('CloudWatchLogs', 'describeAccountPolicies', {
        policyType: 'SUBSCRIPTION_FILTER_POLICY',
      });
      return readAccountPolicies(Policies.parse(answer).accountPolicies);
    },
  };
}

const unlessNoStack = (error: unknown): undefined => {
  if (error instanceof Error && isNoStack(error)) return undefined;
  throw error;
};

/** The framework wraps errors of AWS: their code is at `providerError.code`, and in its own as `AWS_SSM_GET_PARAMETER_PARAMETER_NOT_FOUND`. */
const unlessMissing =
  (code: string) =>
  (error: unknown): undefined => {
    const { providerError, name } = error as { providerError?: { code?: unknown }; name?: unknown };
    if (providerError?.code === code || name === code) return undefined;
    throw error;
  };
