import { ListMessageMoveTasksCommand, type SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { Change } from '@lamplighter/remedies';
import type { ChangeHands } from './resources.ts';

/** Moves a dead-letter queue back to where its messages came from, at a rate. A move that is under way is not started again. */
export function queueRedrive(client: SQSClient): ChangeHands<Extract<Change, { kind: 'queue-redrive' }>> {
  return {
    read: async () => ({ kind: 'absent' }),
    async write({ deadLetterQueueArn: SourceArn, perSecond }) {
      const { Results = [] } = await client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }));
      if (Results[0]?.Status === 'RUNNING') return;
      await client.send(new StartMessageMoveTaskCommand({ SourceArn, MaxNumberOfMessagesPerSecond: perSecond }));
    },
  };
}
