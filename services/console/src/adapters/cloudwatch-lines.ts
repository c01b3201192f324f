import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { functionOf, parseLogEvent } from '@lamplighter/lambda-logs';
import { eachOf } from '../api/each-of.ts';
import type { FoundLine, LinesPort } from '../ports.ts';

/** A search is waited for by a person. */
const DEADLINE_MS = 6_000;
const GROUPS_AT_ONCE = 5;
/** Of one group: a page may be empty and yet not the last. */
const MOST_PAGES = 5;
const LINES_A_GROUP = 20;

/**
 * Looks for a text in log groups by FilterLogEvents, which costs nothing. A group that does not exist, may not be read or is throttled, and
 * all that are left when the time is over, are counted as unread.
 */
export function cloudWatchLines(client: CloudWatchLogsClient): LinesPort {
  return async (logGroups, text, { since, until }) => {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const pattern = { filterPattern: quoted(text), startTime: since, endTime: until };
    const read = async (logGroupName: string): Promise<FoundLine[] | undefined> => {
      try {
        return await linesOf(client, { ...pattern, logGroupName }, signal);
      } catch {
        return undefined;
      }
    };
    const found = await eachOf(logGroups, read, GROUPS_AT_ONCE);
    return { lines: found.flatMap((lines = []) => lines), unread: found.filter((lines) => lines === undefined).length };
  };
}

async function linesOf(
  client: CloudWatchLogsClient,
  asked: {
    readonly logGroupName: string;
    readonly filterPattern: string;
    readonly startTime: number;
    readonly endTime: number;
  },
  abortSignal: AbortSignal,
): Promise<FoundLine[]> {
  const lines: FoundLine[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await client.send(
      new FilterLogEventsCommand({ ...asked, limit: LINES_A_GROUP, ...(nextToken && { nextToken }) }),
      { abortSignal },
    );
    for (const { timestamp = 0, message = '', logStreamName: logStream = '' } of answer.events ?? []) {
      if (parseLogEvent({ message }).kind !== 'application') continue;
      const { functionName } = functionOf({ logGroup: asked.logGroupName, logStream });
      lines.push({ functionName: functionName ?? asked.logGroupName, at: timestamp, message });
    }
    nextToken = answer.nextToken;
    if (nextToken === undefined || lines.length >= LINES_A_GROUP) break;
  }
  return lines;
}

/** As one phrase of a filter pattern, whatever it holds. */
const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
