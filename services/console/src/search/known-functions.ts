import type { WatchedFunction } from '@lamplighter/contracts';
import { answerIfAny } from '../api/expect-answer.ts';
import type { SearchScope, Services } from '../ports.ts';

const A_PAGE = 1_000;
/** Of names: ten thousand functions. */
const MOST_PAGES = 10;
/** From then on no other page is asked for: who looks waits for all of them, one after another, and then for what is asked of each function. */
const LONGEST_MS = 6_000;

/** Functions that a look goes through; `hasMore` where there are others behind them, or may be: a page was not told. */
export interface KnownFunctions {
  readonly functions: readonly WatchedFunction[];
  readonly hasMore: boolean;
}

/** Functions ever seen: ten thousand at most, and those that are told in six seconds and one answer more; none where ingestion is not deployed. */
export async function knownFunctions({ audit }: Pick<Services, 'audit'>, now: () => number): Promise<KnownFunctions> {
  const began = now();
  const functions: WatchedFunction[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES && (page === 0 || now() - began < LONGEST_MS); page++) {
    const asked = await audit({ kind: 'functions', limit: A_PAGE, ...(cursor && { cursor }) });
    const told = answerIfAny(asked, 'functions');
    if (told === undefined) return { functions, hasMore: asked.kind !== 'not-deployed' };
    functions.push(...told.functions);
    cursor = told.cursor;
    if (cursor === undefined) return { functions, hasMore: false };
  }
  return { functions, hasMore: true };
}

/** Those of {@link knownFunctions} that a search is for. */
export async function functionsIn(
  services: Pick<Services, 'audit'>,
  { functionName }: SearchScope,
  now: () => number,
): Promise<KnownFunctions> {
  const known = await knownFunctions(services, now);
  if (functionName === undefined) return known;
  return { ...known, functions: known.functions.filter((one) => one.functionName === functionName) };
}
