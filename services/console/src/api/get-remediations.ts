import type { Remediation } from '@lamplighter/contracts';
import * as z from 'zod';
import { type RemediationItem, remediationItem } from '../domain/list-items.ts';
import { type Endpoint, Paging, readInput } from './api-request.ts';
import { expectAnswer } from './expect-answer.ts';

export interface RemediationList {
  readonly remediations: readonly RemediationItem[];
  readonly cursor?: string;
}

/** `GET /api/remediations?cursor&limit`: all, newest first. */
export const getRemediations: Endpoint = async ({ query }, { services }): Promise<RemediationList> => {
  const { limit = 100, cursor } = readInput(Paging, query);
  const asked = await services.remediations({ kind: 'recent', limit, ...(cursor && { cursor }) });
  const { remediations, cursor: next } = expectAnswer('remediation', asked, 'remediations');
  return { remediations: remediations.map(remediationItem), ...(next && { cursor: next }) };
};

/** `GET /api/remediation?id`. Links that approve for others are left out: whoever reads this page acts in their own name. */
export const getRemediation: Endpoint = async (
  { query },
  { services },
): Promise<{ readonly remediation: Remediation }> => {
  const { id } = readInput(z.object({ id: z.string().min(1).max(200) }), query);
  const asked = await services.remediations({ kind: 'by-id', remediationId: id });
  return { remediation: withoutLinks(expectAnswer('remediation', asked, 'remediation').remediation) };
};

/** The same without the links of single approvers. */
export function withoutLinks(remediation: Remediation): Remediation {
  const { approval } = remediation;
  return approval === undefined ? remediation : { ...remediation, approval: { ...approval, links: [] } };
}
