import type { InvocationStory, InvocationSummary } from '@lamplighter/contracts';
import type { ShownAttempt } from './log-evidence.ts';

/**
 * The story of an invocation: its figures from the audit, its lines from the logs that were replayed. The query function derives the lines
 * anew from half an hour of the stream for every story, which is right for one question and not for a hundred thousand.
 * Undefined where the two do not agree on the attempts, or where there are several: then the whole story has to be asked for.
 */
export function storyFromLogs(
  invocation: InvocationSummary,
  shown: readonly ShownAttempt[] | undefined,
): InvocationStory | undefined {
  const [only, ...more] = shown ?? [];
  if (!only || more.length > 0 || invocation.attempts !== 1 || invocation.logStream !== only.source.logStream)
    return undefined;
  const { requestId, functionName, accountId, region, logGroup, messages, attempts, ...figures } = invocation;
  const { endedAt, runtimeVersion } = only.attempt;
  return {
    invocation,
    attempts: [
      {
        ...figures,
        ...(endedAt === undefined ? {} : { endedAt }),
        ...(runtimeVersion === undefined ? {} : { runtimeVersion }),
      },
    ],
    lines: only.attribution.linesOf(only.attempt).map(({ event, source, level }) => ({
      timestamp: event.timestamp,
      logStream: only.source.logStream,
      source,
      ...(level === undefined ? {} : { level }),
      message: event.message,
    })),
    linesOmitted: 0,
  };
}
