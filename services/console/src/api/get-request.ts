import type { InvocationStory } from '@lamplighter/contracts';
import { type Architecture, architectureAt, callAsRun } from '@lamplighter/pricing';
import * as z from 'zod';
import { besideMinutes, type ChangeItem } from '../domain/change-item.ts';
import { type ClippedLine, clipLines } from '../domain/clip-lines.ts';
import { type Deploy, deploysIn } from '../domain/deploys-in.ts';
import { isOf } from '../domain/function-scope.ts';
import { type FindingItem, findingItem, type RemediationItem, remediationItem } from '../domain/list-items.ts';
import type { ServiceName } from '../ports.ts';
import { type Endpoint, readInput } from './api-request.ts';
import { answerIfAny, expectAnswer } from './expect-answer.ts';
import { listen } from './listen.ts';
import { runsOn } from './runs-on.ts';

/** A request's story, with what was wrong with its function around that time, and what was changed. */
export type RequestPage =
  | {
      readonly kind: 'story';
      readonly story: Omit<InvocationStory, 'lines'> & { readonly lines: readonly ClippedLine[] };
      /** What its cost is priced for; absent where it is not known, which is priced as x86_64. */
      readonly pricedFor?: Architecture;
      readonly findings: readonly FindingItem[];
      readonly remediations: readonly RemediationItem[];
      /** Versions of its function that were called for the first time around it. */
      readonly deploys: readonly Deploy[];
      /** Deploys and changed settings of its function around it. */
      readonly changes: readonly ChangeItem[];
      /** Services that did not tell what they know of it. */
      readonly unanswered: readonly ServiceName[];
    }
  | { readonly kind: 'not-found' };

const HOUR_MS = 3_600_000;
const SHOWN_CHARACTERS = 4_000;
/** A response has to stay below the 6 MB of a Lambda function's answer. */
const MOST_CHARACTERS = 1_500_000;
const Question = z.object({ id: z.string().min(1).max(256), whole: z.enum(['0', '1']).default('0') });

/** `GET /api/request?id&whole`: long messages are cut unless `whole` is 1. */
export const getRequest: Endpoint = async ({ query }, { services }): Promise<RequestPage> => {
  const { id, whole } = readInput(Question, query);
  const heard = listen(services);
  const [asked, repairs] = await Promise.all([
    heard.services.audit({ kind: 'by-request', requestId: id }),
    heard.services.remediations({ kind: 'recent', limit: 200 }),
  ]);
  const missed = answerIfAny(asked, 'not-found');
  if (missed !== undefined) return { kind: 'not-found' };
  const { story } = expectAnswer('ingestion', asked, 'story');
  const lines = clipLines(story.lines, whole === '1' ? MOST_CHARACTERS : SHOWN_CHARACTERS);
  const { accountId, region, functionName, startedAt } = story.invocation;
  const told = { kind: 'story' as const, story: { ...story, lines } };
  if (functionName === undefined)
    return { ...told, findings: [], remediations: [], deploys: [], changes: [], unanswered: [] };
  const scope = { functionName, accountId, region };
  const around = startedAt === undefined ? undefined : { since: startedAt - HOUR_MS, until: startedAt + HOUR_MS };
  const [its, findings, minutes, changed] = await Promise.all([
    runsOn(scope, heard.services),
    heard.services.findings({ kind: 'by-function', ...scope, limit: 200 }),
    around && heard.services.audit({ kind: 'windows', ...scope, ...around }),
    around && heard.services.findings({ kind: 'changes', ...scope, ...around }),
  ]);
  const isNear = (from: number, to = from): boolean =>
    startedAt === undefined || (from - HOUR_MS <= startedAt && startedAt <= to + HOUR_MS);
  const near = (answerIfAny(findings, 'findings')?.findings ?? []).filter(({ openedAt, resolvedAt }) =>
    isNear(openedAt, resolvedAt ?? Number.MAX_SAFE_INTEGER),
  );
  const pricedFor = architectureAt(its, startedAt ?? Number.POSITIVE_INFINITY);
  return {
    ...told,
    story: { ...told.story, invocation: callAsRun(story.invocation, its) },
    ...(pricedFor && { pricedFor }),
    findings: near.map(findingItem),
    remediations: (answerIfAny(repairs, 'remediations')?.remediations ?? [])
      .filter(isOf({ name: functionName, accountId, region }, near))
      .filter(({ plannedAt, endedAt }) => isNear(plannedAt, endedAt))
      .map(remediationItem),
    deploys: deploysIn((minutes && answerIfAny(minutes, 'windows')?.windows) ?? []),
    changes: besideMinutes((changed && answerIfAny(changed, 'changes')?.changes) ?? []),
    unanswered: heard.unanswered(),
  };
};
