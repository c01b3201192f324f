import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { Change } from '@lamplighter/remedies';
import type { ChangeHands } from './resources.ts';

/** How far the clocks of SQS and of this function may differ. */
const SKEW_MS = 60_000;

/**
 * Moves a dead-letter queue back to where its messages came from, at a rate; 0 cancels the move. A move that runs, or that was begun since the snapshot and is
 * over, is not begun again. Another's move that runs at the snapshot is left to its owner: there is nothing to go back to.
 */
export function queueRedrive(client: SQSClient): ChangeHands<Extract<Change, { kind: 'queue-redrive' }>> {
  const newestMove = async (SourceArn: string) => {
    const { Results = [] } = await client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }));
    return Results[0];
  };
  return {
    async read(change) {
      const move = await newestMove(change.deadLetterQueueArn);
      return move?.Status === 'RUNNING' ? { kind: 'absent' } : { ...change, perSecond: 0 };
    },
    async write({ deadLetterQueueArn: SourceArn, perSecond }, since) {
      const move = await newestMove(SourceArn);
      if (perSecond === 0) {
        if (move?.Status !== 'RUNNING') return;
        await client.send(new CancelMessageMoveTaskCommand({ TaskHandle: move.TaskHandle }));
        return;
      }
      if (move?.Status === 'RUNNING' || (move?.StartedTimestamp ?? 0) > since - SKEW_MS) return;
      await client.send(new StartMessageMoveTaskCommand({ SourceArn, MaxNumberOfMessagesPerSecond: perSecond }));
    },
  };
}
