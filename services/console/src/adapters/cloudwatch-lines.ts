import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { functionOf, parseLogEvent } from '@lamplighter/lambda-logs';
import { eachOf } from '../api/each-of.ts';
import type { FoundLine, LinesPort } from '../ports.ts';

/** A search is waited for by a person. */
const DEADLINE_MS = 6_000;
const GROUPS_AT_ONCE = 5;
const MOST_PAGES = 5;
const LINES_A_PAGE = 200;
/** FilterLogEvents tells the oldest first. Where it does not come to the end, what is newest is asked for by itself. */
const NEWEST_MS = 5 * 60_000;

export interface LinesOptions {
  readonly deadlineMs?: number;
  /** Of one look at a group: a page may be empty and yet not the last. */
  readonly mostPages?: number;
}

interface Range {
  readonly since: number;
  readonly until: number;
}

/** What was found in one group, and whether its end was come to. */
interface Read {
  readonly lines: readonly FoundLine[];
  readonly isWhole: boolean;
}

/**
 * Looks for a text in log groups by FilterLogEvents, which costs nothing. A group that does not exist, may not be read or is throttled, and
 * all that are left when the time is over, are counted as unread; one with more to look through than there was time for as read in part.
 */
export function cloudWatchLines(
  client: CloudWatchLogsClient,
  { deadlineMs = DEADLINE_MS, mostPages = MOST_PAGES }: LinesOptions = {},
): LinesPort {
  return async (logGroups, text, range) => {
    const asked = { filterPattern: quoted(text), mostPages, abortSignal: AbortSignal.timeout(deadlineMs) };
    const read = reader(client, asked);
    const found = await eachOf(logGroups, (group) => linesOf(group, range, read), GROUPS_AT_ONCE);
    const told = found.filter((one) => one !== undefined);
    return {
      lines: told.flatMap(({ lines }) => lines),
      unread: found.length - told.length,
      inPart: told.filter(({ isWhole }) => !isWhole).length,
    };
  };
}

type Reader = (logGroupName: string, range: Range) => Promise<Read | undefined>;

async function linesOf(logGroupName: string, range: Range, read: Reader): Promise<Read | undefined> {
  const oldest = await read(logGroupName, range);
  if (oldest === undefined || oldest.isWhole) return oldest;
  const since = Math.max(range.since, range.until - NEWEST_MS);
  const newest = await read(logGroupName, { since, until: range.until });
  if (newest === undefined) return oldest;
  return { lines: [...oldest.lines.filter(({ at }) => at < since), ...newest.lines], isWhole: false };
}

interface ReaderOptions {
  readonly filterPattern: string;
  readonly mostPages: number;
  readonly abortSignal: AbortSignal;
}

/** Undefined where nothing could be read; what was read before a fault is kept. */
function reader(client: CloudWatchLogsClient, { filterPattern, mostPages, abortSignal }: ReaderOptions): Reader {
  return async (logGroupName, { since, until }) => {
    const lines: FoundLine[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < mostPages && lines.length < LINES_A_PAGE; page++) {
      const asked = { logGroupName, filterPattern, startTime: since, endTime: until, limit: LINES_A_PAGE };
      try {
        const command = new FilterLogEventsCommand({ ...asked, ...(nextToken && { nextToken }) });
        const answer = await client.send(command, { abortSignal });
        lines.push(...applicationLines(logGroupName, answer.events));
        nextToken = answer.nextToken;
      } catch {
        return page === 0 ? undefined : { lines, isWhole: false };
      }
      if (nextToken === undefined) return { lines, isWhole: true };
    }
    return { lines, isWhole: false };
  };
}

function applicationLines(
  logGroup: string,
  events: readonly {
    timestamp?: number | undefined;
    message?: string | undefined;
    logStreamName?: string | undefined;
  }[] = [],
): FoundLine[] {
  return events.flatMap(({ timestamp: at = 0, message = '', logStreamName: logStream = '' }) => {
    if (parseLogEvent({ message }).kind !== 'application') return [];
    return [{ functionName: functionOf({ logGroup, logStream }).functionName ?? logGroup, at, message }];
  });
}

/** As one phrase of a filter pattern, whatever it holds. */
const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
