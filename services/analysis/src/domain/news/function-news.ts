import type { AssessedWindow, Fact } from '@lamplighter/diagnosis';

/** A function, wherever it lives. */
export interface FunctionIdentity {
  readonly accountId: string;
  readonly region: string;
  readonly functionName: string;
}

/** What an event tells of a function. */
export interface FunctionNews extends FunctionIdentity {
  readonly windows: readonly AssessedWindow[];
  readonly facts: readonly Fact[];
}

/** Names a function in a table. */
export const functionKey = ({ accountId, region, functionName }: FunctionIdentity): string =>
  `${accountId}:${region}:${functionName}`;

/** News of one function as one: the events of a batch are assessed together. */
export function byFunction(news: readonly FunctionNews[]): FunctionNews[] {
  const merged = new Map<string, FunctionNews>();
  for (const one of news) {
    const known = merged.get(functionKey(one));
    merged.set(functionKey(one), {
      ...one,
      windows: [...(known?.windows ?? []), ...one.windows],
      facts: [...(known?.facts ?? []), ...one.facts],
    });
  }
  return [...merged.values()];
}
