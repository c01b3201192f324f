import type { WatchedFunction } from '@lamplighter/contracts';
import { answerIfAny } from '../api/expect-answer.ts';
import type { Services } from '../ports.ts';

const A_PAGE = 1_000;
/** Of names: ten thousand functions. */
const MOST_PAGES = 10;

/** Functions that a look goes through; `hasMore` where there are others behind them. */
export interface KnownFunctions {
  readonly functions: readonly WatchedFunction[];
  readonly hasMore: boolean;
}

/** Functions ever seen, ten thousand at most; none where the ingestion service does not say. */
export async function knownFunctions({ audit }: Pick<Services, 'audit'>): Promise<KnownFunctions> {
  const functions: WatchedFunction[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked = await audit({ kind: 'functions', limit: A_PAGE, ...(cursor && { cursor }) });
    const told = answerIfAny(asked, 'functions');
    functions.push(...(told?.functions ?? []));
    cursor = told?.cursor;
    if (cursor === undefined) break;
  }
  return { functions, hasMore: cursor !== undefined };
}
