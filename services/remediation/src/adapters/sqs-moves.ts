import { ListMessageMoveTasksCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { MovePort } from '../domain/message-move.ts';

/** Asks SQS how the newest move out of a queue goes. */
export function sqsMoves(client: SQSClient): MovePort {
  return async (SourceArn) => {
    const { Results = [] } = await client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }));
    const [newest] = Results;
    if (newest === undefined) return undefined;
    const { StartedTimestamp, Status, FailureReason } = newest;
    return {
      startedAt: StartedTimestamp ?? 0,
      status: Status ?? '',
      ...(FailureReason !== undefined && { failure: FailureReason }),
      moved: newest.ApproximateNumberOfMessagesMoved ?? 0,
      toMove: newest.ApproximateNumberOfMessagesToMove ?? 0,
    };
  };
}
