import type { InvocationStory, InvocationSummary, WatchedFunction } from '@lamplighter/contracts';
import { askFunctions, askInvocations } from '../audit/ask-audit.ts';
import { findStory } from '../audit/find-story.ts';
import type { AuditSource } from '../audit/source/audit-source.ts';
import type { LogEvidence } from './log-evidence.ts';
import { storyFromLogs } from './story-from-logs.ts';

const PAGE = 1000;

/** Every story that an audit holds, function by function, oldest first. */
export async function* readBack(source: AuditSource, evidence: LogEvidence): AsyncGenerator<InvocationStory> {
  for (const { functionName, accountId, region } of await distinctFunctions(source)) {
    for await (const invocation of askInvocations(source, { functionName, accountId, region, limit: PAGE })) {
      yield storyFromLogs(invocation, evidence.attempts.get(invocation.requestId)) ??
        (await wholeStory(source, invocation));
    }
  }
}

/** A function may write to several log groups; its invocations are listed once. */
async function distinctFunctions(source: AuditSource): Promise<readonly WatchedFunction[]> {
  const functions = new Map<string, WatchedFunction>();
  for await (const watched of askFunctions(source)) {
    functions.set(`${watched.accountId}/${watched.region}/${watched.functionName}`, watched);
  }
  return [...functions.values()];
}

async function wholeStory(source: AuditSource, { requestId }: InvocationSummary): Promise<InvocationStory> {
  const answer = await findStory(source, requestId);
  if (answer.kind === 'not-found') throw new Error(`${source.name} lists ${requestId} and does not find it.`);
  return answer.story;
}
