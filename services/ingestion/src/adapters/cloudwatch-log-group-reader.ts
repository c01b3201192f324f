import { type CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '@lamplighter/lambda-logs';
import type { LogGroupReaderPort } from '../ports.ts';

/** Reads a log group by FilterLogEvents, whose event ids are those of the subscription payload. */
export function cloudWatchLogGroupReader(client: CloudWatchLogsClient): LogGroupReaderPort {
  return async function* (logGroup, range) {
    const pages = paginateFilterLogEvents(
      { client },
      { logGroupName: logGroup, startTime: range.from, endTime: range.to },
    );
    for await (const page of pages) {
      const byStream = new Map<string, LogEvent[]>();
      for (const { eventId, timestamp, message, logStreamName } of page.events ?? []) {
        if (eventId === undefined || timestamp === undefined || logStreamName === undefined) continue;
        const events = byStream.get(logStreamName) ?? [];
        events.push({ id: eventId, timestamp, message: message ?? '' });
        byStream.set(logStreamName, events);
      }
      for (const [logStream, events] of byStream) yield { logStream, events };
    }
  };
}
