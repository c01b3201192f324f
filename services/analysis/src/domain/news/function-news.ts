import type { FunctionChange } from '@lamplighter/contracts';
import type { AssessedWindow, Fact } from '@lamplighter/diagnosis';
import type { PastRepair } from '../past-repairs.ts';

/** A function, wherever it lives. */
export interface FunctionIdentity {
  readonly accountId: string;
  readonly region: string;
  readonly functionName: string;
}

/** What an event tells of a function. */
export interface FunctionNews extends FunctionIdentity {
  readonly windows: readonly AssessedWindow[];
  /** How long the windows of the function are told when it falls silent. */
  readonly silenceMinutes?: number;
  readonly facts: readonly Fact[];
  /** What was changed at the function, by whom. */
  readonly changes: readonly FunctionChange[];
  /** Repairs of the function that came to their end. */
  readonly repairs: readonly PastRepair[];
}

export const newsOf = (
  { accountId, region, functionName }: FunctionIdentity,
  told: Partial<Omit<FunctionNews, keyof FunctionIdentity>>,
): FunctionNews => ({ accountId, region, functionName, windows: [], facts: [], changes: [], repairs: [], ...told });

/** Names a function in a table. */
export const functionKey = ({ accountId, region, functionName }: FunctionIdentity): string =>
  `${accountId}:${region}:${functionName}`;

/** News of one function as one: the events of a batch are assessed together. */
export function byFunction(news: readonly FunctionNews[]): FunctionNews[] {
  const merged = new Map<string, FunctionNews>();
  for (const one of news) {
    const known = merged.get(functionKey(one));
    merged.set(functionKey(one), known === undefined ? one : joined(known, one));
  }
  return [...merged.values()];
}

const joined = (one: FunctionNews, other: FunctionNews): FunctionNews =>
  newsOf(one, {
    ...silenceOf(one),
    ...silenceOf(other),
    windows: [...one.windows, ...other.windows],
    facts: [...one.facts, ...other.facts],
    changes: [...one.changes, ...other.changes],
    repairs: [...one.repairs, ...other.repairs],
  });

const silenceOf = ({ silenceMinutes }: FunctionNews): Pick<FunctionNews, 'silenceMinutes'> =>
  silenceMinutes === undefined ? {} : { silenceMinutes };

/** The news in two, the older minutes and facts first; undefined for what is of one minute. Repairs and changes go with the first. */
export function halves(news: FunctionNews): readonly [FunctionNews, FunctionNews] | undefined {
  const startOf = (window: AssessedWindow): number => ('missing' in window ? window.missing : window.figures).start;
  const times = [...new Set([...news.windows.map(startOf), ...news.facts.map(({ at }) => at)])].sort((a, b) => a - b);
  const middle = times[Math.floor(times.length / 2)];
  if (times.length < 2 || middle === undefined) return undefined;
  const part = (isIn: (time: number) => boolean) => ({
    windows: news.windows.filter((window) => isIn(startOf(window))),
    facts: news.facts.filter(({ at }) => isIn(at)),
    ...silenceOf(news),
  });
  return [
    newsOf(news, { ...part((time) => time < middle), repairs: news.repairs, changes: news.changes }),
    newsOf(
      news,
      part((time) => time >= middle),
    ),
  ];
}
