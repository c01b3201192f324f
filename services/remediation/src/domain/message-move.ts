/** A move of dead letters, as SQS tells of it. It runs by itself, and fails with nobody to throw at. */
export interface MessageMove {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly status: string;
  /** Why it failed. */
  readonly failure?: string;
  readonly moved: number;
  readonly toMove: number;
}

/** The newest move out of a queue; undefined where there was none. */
export type MovePort = (deadLetterQueueArn: string) => Promise<MessageMove | undefined>;

/** Messages that were to be given back are not. The name is what the state machine knows it by: the same answer would come each time. */
export class MoveFailed extends Error {
  override readonly name = 'MoveFailed';
}

/** @throws MoveFailed where it has failed */
export function assertNotFailed({ status, failure, moved, toMove }: MessageMove): void {
  if (status === 'FAILED')
    throw new MoveFailed(`SQS gave ${moved} of ${toMove} messages back and failed: ${failure ?? 'it says not why'}.`);
}
