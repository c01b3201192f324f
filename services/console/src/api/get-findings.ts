import { commandsAt, type Finding } from '@lamplighter/contracts';
import { aroundFinding } from '@lamplighter/diagnosis';
import * as z from 'zod';
import { type ChangeItem, changeItem } from '../domain/change-item.ts';
import { type FindingItem, findingItem, type RemediationItem, remediationItem } from '../domain/list-items.ts';
import type { ServiceName, Services } from '../ports.ts';
import { type Endpoint, Paging, readInput } from './api-request.ts';
import { answerIfAny, expectAnswer } from './expect-answer.ts';
import { listen } from './listen.ts';

export interface FindingList {
  readonly findings: readonly FindingItem[];
  /** Asks for the next page; absent at the end. */
  readonly cursor?: string;
}

export interface FindingDetails {
  readonly finding: Finding;
  /** What was done, or is to be done, about it, the newest first. */
  readonly remediations: readonly RemediationItem[];
  /** Deploys and changed settings of its function while it was open, and in the two hours before, oldest first. */
  readonly changes: readonly ChangeItem[];
  /** Services that did not tell what they know of it. */
  readonly unanswered: readonly ServiceName[];
}

/** `GET /api/findings?cursor&limit`: all, newest first. */
export const getFindings: Endpoint = async ({ query }, { services }): Promise<FindingList> => {
  const { limit = 200, cursor } = readInput(Paging, query);
  const asked = await services.findings({ kind: 'recent', limit, ...(cursor && { cursor }) });
  const { findings, cursor: next } = expectAnswer('analysis', asked, 'findings');
  return { findings: findings.map(findingItem), ...(next && { cursor: next }) };
};

/** `GET /api/finding?id`, its commands as they can be typed. */
export const getFinding: Endpoint = async ({ query }, { services, place }): Promise<FindingDetails> => {
  const { id } = readInput(z.object({ id: z.string().min(1).max(500) }), query);
  const heard = listen(services);
  const [asked, repairs] = await Promise.all([
    heard.services.findings({ kind: 'by-id', findingId: id }),
    heard.services.remediations({ kind: 'by-finding', findingId: id }),
  ]);
  const { finding } = expectAnswer('analysis', asked, 'finding');
  const planned = answerIfAny(repairs, 'remediations')?.remediations ?? [];
  const changes = (await changesOf(finding, heard.services)).map(changeItem);
  return {
    finding: { ...finding, lookAt: commandsAt(finding.lookAt, place) },
    changes,
    remediations: planned.toReversed().map(remediationItem),
    unanswered: heard.unanswered(),
  };
};

async function changesOf(finding: Finding, services: Services) {
  const { type, name: functionName, accountId, region } = finding.resource;
  if (type !== 'lambda-function') return [];
  const asked = await services.findings({
    kind: 'changes',
    functionName,
    accountId,
    region,
    ...aroundFinding(finding),
  });
  return answerIfAny(asked, 'changes')?.changes ?? [];
}
