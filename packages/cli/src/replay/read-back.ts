import type { InvocationStory, WatchedFunction } from '@lamplighter/contracts';
import { askFunctions, askInvocations, askStory } from '../audit/ask-audit.ts';
import type { AuditSource } from '../audit/audit-source.ts';

/** Stories asked for at once: the query function runs in as many environments. */
const CONCURRENCY = 4;
const PAGE = 1000;

/** Every story that an audit holds, function by function, oldest first. */
export async function* readBack(source: AuditSource): AsyncGenerator<InvocationStory> {
  for (const { functionName, accountId, region } of await distinctFunctions(source)) {
    let batch: Promise<InvocationStory>[] = [];
    for await (const { requestId } of askInvocations(source, { functionName, accountId, region, limit: PAGE })) {
      batch.push(storyOf(source, requestId));
      if (batch.length < CONCURRENCY) continue;
      yield* await Promise.all(batch);
      batch = [];
    }
    yield* await Promise.all(batch);
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

async function storyOf(source: AuditSource, requestId: string): Promise<InvocationStory> {
  const answer = await askStory(source, requestId);
  if (answer.kind === 'not-found') throw new Error(`${source.name} lists ${requestId} and does not find it.`);
  return answer.story;
}
