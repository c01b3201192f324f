import type { LogEvent } from '../../log-batch.ts';
import type { LoggedError } from '../../records/log-record.ts';
import type { StreamRecords } from '../stream-records.ts';

/** Of python, java, .NET and ruby. Go's is a panic that says so. */
const TYPES: ReadonlySet<string> = new Set([
  'MemoryError',
  'java.lang.OutOfMemoryError',
  'System.OutOfMemoryException',
  'NoMemoryError',
  'Function<NoMemoryError>',
]);
/** Java gives the same name to what more memory does not mend. */
const NOT_OF_MEMORY = /^(?:unable to create|Requested array size)/;

/** Whether an error that left the handler says that there was no more memory. */
export function hasRunOut(error: LoggedError | undefined): boolean {
  if (error === undefined) return false;
  if (error.type === 'panic') return error.message.startsWith('runtime: out of memory');
  return TYPES.has(error.type) && !NOT_OF_MEMORY.test(error.message);
}

/** V8's last words: `FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory`. */
export function saysHeapRanOut({ events, records }: StreamRecords, positions: readonly number[]): boolean {
  return positions.some((position) => {
    if (records[position] !== undefined) return false;
    const { message } = events[position] as LogEvent;
    return message.includes('FATAL ERROR: ') && message.includes('JavaScript heap out of memory');
  });
}
