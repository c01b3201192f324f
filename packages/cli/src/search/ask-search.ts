import { SearchAnswer, type SearchQuery } from '@lamplighter/contracts';
import { answerOf, notUnderstood } from '../deployment/answer-of.ts';
import type { Deployment } from '../deployment/with-deployment.ts';

/** What a search found, the likeliest first. */
export type Found = Omit<Extract<SearchAnswer, { kind: 'found' }>, 'kind'>;

/** What is looked for, and where. */
export type Wanted = Omit<SearchQuery, 'kind'>;

const QUERY_SEARCH = { service: 'console', query: 'query-search' } as const;

/** Asks the search of a deployed console. Throws an `InputError` where it cannot be reached or is not deployed, or refuses the question. */
export async function askSearch(deployment: Deployment, wanted: Wanted): Promise<Found> {
  const answer = await answerOf(deployment, QUERY_SEARCH, { kind: 'text', ...wanted }, SearchAnswer);
  if (answer.kind === 'invalid-query') throw notUnderstood(deployment, QUERY_SEARCH, answer.reason);
  const { kind: _, ...found } = answer;
  return found;
}
