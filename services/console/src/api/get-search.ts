import * as z from 'zod';
import type { SearchHit } from '../domain/search-hit.ts';
import { type Endpoint, readInput } from './api-request.ts';

export interface SearchResult {
  readonly hits: readonly SearchHit[];
}

const Question = z.object({ q: z.string().trim().min(1).max(300) });

/** `GET /api/search?q` */
export const getSearch: Endpoint = async ({ query }, { search }): Promise<SearchResult> => ({
  hits: await search(readInput(Question, query).q),
});
