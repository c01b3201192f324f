import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '@lamplighter/lambda-logs';
import { UnreadableLogGroup } from '../domain/unreadable-log-group.ts';
import type { LogGroupReaderPort } from '../ports.ts';

/** Reads a log group by FilterLogEvents, whose event ids are those of the subscription payload. */
export function cloudWatchLogGroupReader(client: CloudWatchLogsClient): LogGroupReaderPort {
  return async function* (logGroup, range) {
    const pages = paginateFilterLogEvents(
      { client },
      { logGroupName: logGroup, startTime: range.from, endTime: range.to },
    );
    try {
      for await (const page of pages) {
        for (const [logStream, events] of byStream(page.events ?? [])) yield { logStream, events };
      }
    } catch (error) {
      if (error instanceof Error && error.name === 'AccessDeniedException')
        throw new UnreadableLogGroup(logGroup, { cause: error });
      // The function was deleted with its log group: there is nothing left to read.
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
  };
}

function byStream(found: readonly FilteredLogEvent[]): Map<string, LogEvent[]> {
  const grouped = new Map<string, LogEvent[]>();
  for (const { eventId, timestamp, message = '', logStreamName } of found) {
    if (eventId === undefined || timestamp === undefined || logStreamName === undefined) continue;
    const event = { id: eventId, timestamp, message };
    const events = grouped.get(logStreamName);
    if (events) events.push(event);
    else grouped.set(logStreamName, [event]);
  }
  return grouped;
}
