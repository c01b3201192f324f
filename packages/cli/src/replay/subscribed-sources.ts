import { CloudWatchLogsClient, DescribeSubscriptionFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Sandbox } from '@lamplighter/sandbox';
import type { Rejection, ReplaySource } from './input/replay-source.ts';

export interface SubscribedSources {
  readonly sources: readonly ReplaySource[];
  /** Sources whose log group ingestion does not subscribe: Lamplighter's own, which would feed themselves. */
  readonly refused: readonly Rejection[];
}

/** Creates the log groups, lets ingestion subscribe them as it does in an account, and tells which it did. */
export async function subscribeSources(sandbox: Sandbox, sources: readonly ReplaySource[]): Promise<SubscribedSources> {
  const groups = [...new Set(sources.map(({ logGroup }) => logGroup))];
  for (const group of groups) sandbox.peers.logs.ensureLogGroup(group);
  await sandbox.idle();
  const client = sandbox.client(CloudWatchLogsClient);
  const subscribed = new Set<string>();
  for (const logGroupName of groups) {
    const { subscriptionFilters = [] } = await client.send(new DescribeSubscriptionFiltersCommand({ logGroupName }));
    if (subscriptionFilters.length > 0) subscribed.add(logGroupName);
  }
  client.destroy();
  return {
    sources: sources.filter(({ logGroup }) => subscribed.has(logGroup)),
    refused: sources
      .filter(({ logGroup }) => !subscribed.has(logGroup))
      .map(({ logGroup, events }) => ({
        reason: 'not-subscribed',
        count: events.length,
        file: logGroup,
        detail: logGroup,
      })),
  };
}
