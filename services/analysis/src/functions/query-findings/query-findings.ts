import { type FindingsAnswer, FindingsQuery } from '@lamplighter/contracts';
import { isBadCursor } from '@lamplighter/lambda-kit/listing-cursor';
import type { FindingPort } from '../../ports.ts';

const RECENT = 50;

/** Answers a question about findings. */
export async function queryFindings(question: unknown, findings: FindingPort): Promise<FindingsAnswer> {
  const parsed = FindingsQuery.safeParse(question);
  if (!parsed.success) return { kind: 'invalid-query', reason: parsed.error.issues[0]?.message ?? 'no query' };
  try {
    return await answer(parsed.data, findings);
  } catch (error) {
    if (isBadCursor(error)) return { kind: 'invalid-query', reason: error.message };
    throw error;
  }
}

async function answer(query: FindingsQuery, findings: FindingPort): Promise<FindingsAnswer> {
  switch (query.kind) {
    case 'open':
      return { kind: 'findings', findings: await findings.open() };
    case 'recent':
      return { kind: 'findings', ...(await findings.recent(query.limit ?? RECENT, query.cursor)) };
    case 'by-function':
      return { kind: 'findings', findings: await findings.ofFunction(query, query.limit ?? RECENT) };
    case 'by-id': {
      const finding = await findings.byId(query.findingId);
      return finding === undefined ? { kind: 'not-found' } : { kind: 'finding', finding };
    }
  }
}
