import type { InvocationStory } from '@lamplighter/contracts';
import { type Architecture, architectureAt, callAsRun } from '@lamplighter/pricing';
import type { AuditSource } from './source/audit-source.ts';

/** A story at the price of what its function ran on, and for which architecture that is; undefined where it is not known, which is priced as x86_64. */
export async function storyAsRun(
  source: AuditSource,
  story: InvocationStory,
): Promise<{ readonly story: InvocationStory; readonly pricedFor: Architecture | undefined }> {
  const { functionName, accountId, region, startedAt = Number.POSITIVE_INFINITY } = story.invocation;
  const its = (functionName && (await source.runsOn?.({ functionName, accountId, region }))) || {};
  return {
    story: {
      ...story,
      invocation: callAsRun(story.invocation, its),
      attempts: story.attempts.map((attempt) => callAsRun(attempt, its)),
    },
    pricedFor: architectureAt(its, startedAt),
  };
}
