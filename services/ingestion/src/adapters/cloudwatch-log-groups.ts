import {
  type CloudWatchLogsClient,
  DescribeSubscriptionFiltersCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
  PutSubscriptionFilterCommand,
  paginateDescribeLogGroups,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import type { ListedLogGroup, LogGroupsPort } from '../ports.ts';

export interface SubscriptionTarget {
  readonly filterName: string;
  readonly destinationArn: string;
  /** Role that CloudWatch Logs puts records with; a Lambda destination has none. */
  readonly roleArn?: string;
}

/** Log groups by CloudWatch Logs' API. The empty filter pattern passes every event. */
export function cloudWatchLogGroups(client: CloudWatchLogsClient, target: SubscriptionTarget): LogGroupsPort {
  return {
    async find(logGroup) {
      for await (const group of listed(client, logGroup)) if (group.logGroup === logGroup) return group;
      return undefined;
    },
    list: (prefix) => listed(client, prefix),
    async describe({ arn, ...group }) {
      try {
        const [{ subscriptionFilters = [] }, { tags = {} }] = await Promise.all([
          client.send(new DescribeSubscriptionFiltersCommand({ logGroupName: group.logGroup })),
          client.send(new ListTagsForResourceCommand({ resourceArn: arn })),
        ]);
        const filters = subscriptionFilters.map(({ filterName: name = '', destinationArn = '' }) => ({
          name,
          destinationArn,
        }));
        return { ...group, tags, filters };
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
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

async function* listed(client: CloudWatchLogsClient, logGroupNamePrefix: string): AsyncGenerator<ListedLogGroup> {
  for await (const page of paginateDescribeLogGroups({ client }, { logGroupNamePrefix })) {
    for (const { logGroupName, arn, logGroupClass, retentionInDays, creationTime } of page.logGroups ?? []) {
      if (logGroupName === undefined || arn === undefined) continue;
      yield {
        logGroup: logGroupName,
        arn: arn.replace(/:\*$/, ''),
        ...(logGroupClass === undefined ? {} : { logClass: logGroupClass }),
        ...(retentionInDays === undefined ? {} : { retentionDays: retentionInDays }),
        createdAt: creationTime ?? 0,
      };
    }
  }
}
