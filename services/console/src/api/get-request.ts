import type { InvocationStory } from '@lamplighter/contracts';
import * as z from 'zod';
import { type ClippedLine, clipLines } from '../domain/clip-lines.ts';
import { type FindingItem, findingItem, type RemediationItem, remediationItem } from '../domain/list-items.ts';
import { type Endpoint, readInput } from './api-request.ts';
import { answerIfAny, expectAnswer } from './expect-answer.ts';

/** A request's story, with what was wrong with its function around that time, and what was changed. */
export type RequestPage =
  | {
      readonly kind: 'story';
      readonly story: Omit<InvocationStory, 'lines'> & { readonly lines: readonly ClippedLine[] };
      readonly findings: readonly FindingItem[];
      readonly remediations: readonly RemediationItem[];
    }
  | { readonly kind: 'not-found'; readonly nearest: readonly string[] };

const HOUR_MS = 3_600_000;
const SHOWN_CHARACTERS = 4_000;
/** A response has to stay below the 6 MB of a Lambda function's answer. */
const MOST_CHARACTERS = 1_500_000;
const Question = z.object({ id: z.string().min(1).max(256), whole: z.enum(['0', '1']).default('0') });

/** `GET /api/request?id&whole`: long messages are cut unless `whole` is 1. */
export const getRequest: Endpoint = async ({ query }, { services }): Promise<RequestPage> => {
  const { id, whole } = readInput(Question, query);
  const [asked, repairs] = await Promise.all([
    services.audit({ kind: 'by-request', requestId: id }),
    services.remediations({ kind: 'recent', limit: 200 }),
  ]);
  const missed = answerIfAny(asked, 'not-found');
  if (missed !== undefined) return missed;
  const { story } = expectAnswer('ingestion', asked, 'story');
  const lines = clipLines(story.lines, whole === '1' ? MOST_CHARACTERS : SHOWN_CHARACTERS);
  const { accountId, region, functionName, startedAt } = story.invocation;
  if (functionName === undefined) return { kind: 'story', story: { ...story, lines }, findings: [], remediations: [] };
  const findings = await services.findings({ kind: 'by-function', functionName, accountId, region, limit: 200 });
  const isNear = (from: number, to = from): boolean =>
    startedAt === undefined || (from - HOUR_MS <= startedAt && startedAt <= to + HOUR_MS);
  return {
    kind: 'story',
    story: { ...story, lines },
    findings: (answerIfAny(findings, 'findings')?.findings ?? [])
      .filter(({ openedAt, resolvedAt }) => isNear(openedAt, resolvedAt ?? Number.MAX_SAFE_INTEGER))
      .map(findingItem),
    remediations: (answerIfAny(repairs, 'remediations')?.remediations ?? [])
      .filter(({ resource, plannedAt, endedAt }) => resource.name === functionName && isNear(plannedAt, endedAt))
      .map(remediationItem),
  };
};
