import {
  type CloudWatchLogsClient,
  DescribeSubscriptionFiltersCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
  PutSubscriptionFilterCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroupsPort } from '../ports.ts';

export interface SubscriptionTarget {
  readonly filterName: string;
  readonly destinationArn: string;
  /** Role that CloudWatch Logs puts records with; a Lambda destination has none. */
  readonly roleArn?: string;
}

/** Log groups by CloudWatch Logs' API. The empty filter pattern passes every event. */
export function cloudWatchLogGroups(client: CloudWatchLogsClient, target: SubscriptionTarget): LogGroupsPort {
  return {
    async describe(logGroup) {
      for await (const page of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: logGroup })) {
        const group = page.logGroups?.find((one) => one.logGroupName === logGroup);
        if (!group) continue;
        const [filters, tags] = await Promise.all([
          client.send(new DescribeSubscriptionFiltersCommand({ logGroupName: logGroup })),
          client.send(new ListTagsForResourceCommand({ resourceArn: group.arn!.replace(/:\*$/, '') })),
        ]);
        return {
          logGroup,
          ...(group.logGroupClass === undefined ? {} : { logClass: group.logGroupClass }),
          ...(group.retentionInDays === undefined ? {} : { retentionDays: group.retentionInDays }),
          createdAt: group.creationTime ?? 0,
          tags: tags.tags ?? {},
          filters: (filters.subscriptionFilters ?? []).map((filter) => ({
            name: filter.filterName ?? '',
            destinationArn: filter.destinationArn ?? '',
          })),
        };
      }
      return undefined;
    },
    async *list(prefix) {
      for await (const page of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: prefix })) {
        for (const group of page.logGroups ?? []) if (group.logGroupName) yield group.logGroupName;
      }
    },
    async subscribe(logGroupName) {
      await client.send(
        new PutSubscriptionFilterCommand({
          logGroupName,
          filterName: target.filterName,
          filterPattern: '',
          destinationArn: target.destinationArn,
          ...(target.roleArn ? { roleArn: target.roleArn, distribution: 'ByLogStream' } : {}),
        }),
      );
    },
    async retain(logGroupName, retentionInDays) {
      await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
    },
  };
}
