import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** Somebody else was faster: read again, decide again. */
export const isConflict = (error: unknown): boolean =>
  isRefused(error) || reasonsOf(error).some((code) => code === 'TransactionConflict');

/**
 * A condition did not hold: of what is written once, that it is written already. That another transaction was at the same row is not that, and has to come again.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export const isRefused = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException ||
  reasonsOf(error).some((code) => code === 'ConditionalCheckFailed');

const reasonsOf = (error: unknown): (string | undefined)[] =>
  error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []).map(({ Code }) => Code) : [];
