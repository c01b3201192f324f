import { ApiError } from '../../../core/service.ts';

/** Most entries of one batch (SQS quotas). */
const MAX_ENTRIES = 10;

interface Entry {
  readonly Id: string;
}

/** Carries a batch out entry by entry: what fails is told beside what succeeds. Throws for a batch that is wrong as a whole. */
export function runBatch<One extends Entry>(entries: readonly One[], run: (entry: One) => object) {
  assertEntries(entries);
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: error.status < 500 });
    }
  }
  return { Successful, Failed };
}

function assertEntries(entries: readonly Entry[]): void {
  if (entries.length === 0)
    throw new ApiError(
      'EmptyBatchRequest',
      'There should be at least one SendMessageBatchRequestEntry in the request.',
    );
  if (entries.length > MAX_ENTRIES) {
    throw new ApiError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  if (entries.some(({ Id }) => !/^[\w-]{1,80}$/.test(Id ?? ''))) {
    throw new ApiError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  }
  const repeated = entries.find(({ Id }, index) => entries.findIndex((other) => other.Id === Id) < index);
  if (repeated) throw new ApiError('BatchEntryIdsNotDistinct', `Id ${repeated.Id} repeated.`);
}
