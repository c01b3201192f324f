import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import type { LogGroup, LogStream } from '../log-group.ts';
import { type GroupReference, groupName } from '../log-resources.ts';
import type { LogsState } from '../logs-state.ts';
import { listingPage, type PageRequest } from '../page.ts';

interface StreamReference extends GroupReference {
  readonly logStreamName: string;
}

interface DescribeLogStreams extends GroupReference, PageRequest {
  readonly logStreamNamePrefix?: string;
  readonly orderBy?: 'LogStreamName' | 'LastEventTime';
  readonly descending?: boolean;
}

/** CreateLogStream, DeleteLogStream, DescribeLogStreams. */
export function streamOperations({ store, resources }: LogsState): Record<string, JsonOperation> {
  return {
    CreateLogStream: {
      permissions: (input: StreamReference) => resources.onStream('CreateLogStream', input, input.logStreamName),
      handle(input: StreamReference) {
        if (!/^[^:*]{1,512}$/.test(input.logStreamName)) {
          throw new ApiError(
            'InvalidParameterException',
            "Value at 'logStreamName' failed to satisfy constraint: [^:*]*",
          );
        }
        store.createStream(store.group(groupName(input)), input.logStreamName);
      },
    },
    DeleteLogStream: {
      permissions: (input: StreamReference) => resources.onStream('DeleteLogStream', input, input.logStreamName),
      handle(input: StreamReference) {
        const group = store.group(groupName(input));
        store.stream(group, input.logStreamName);
        group.streams.delete(input.logStreamName);
        group.events.remove(input.logStreamName);
      },
    },
    DescribeLogStreams: {
      permissions: (input: DescribeLogStreams) => resources.onGroup('DescribeLogStreams', input),
      handle(input: DescribeLogStreams) {
        const group = store.group(groupName(input));
        const described = orderedStreams(group, input).map((stream) => describeStream(group, stream));
        return listingPage('logStreams', described, input);
      },
    },
  };
}

function orderedStreams(group: LogGroup, input: DescribeLogStreams): readonly LogStream[] {
  if (input.orderBy === 'LastEventTime' && input.logStreamNamePrefix) {
    throw new ApiError('InvalidParameterException', 'Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const streams = [...group.streams.values()].filter(({ name }) => name.startsWith(input.logStreamNamePrefix ?? ''));
  streams.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (input.orderBy === 'LastEventTime') streams.sort((a, b) => lastTimestamp(a) - lastTimestamp(b));
  return input.descending ? streams.reverse() : streams;
}

function lastTimestamp(stream: LogStream): number {
  return stream.events.sorted().at(-1)?.timestamp ?? 0;
}

function describeStream(group: LogGroup, stream: LogStream): Record<string, unknown> {
  const events = stream.events.sorted();
  const [first, last] = [events[0], events.at(-1)];
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAt,
    ...(first && last ? { firstEventTimestamp: first.timestamp, lastEventTimestamp: last.timestamp } : {}),
    ...(stream.lastIngestionTime === undefined ? {} : { lastIngestionTime: stream.lastIngestionTime }),
    arn: `${group.arn}:log-stream:${stream.name}`,
    // AWS reports 0 since June 2019: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogStream.html
    storedBytes: 0,
  };
}
