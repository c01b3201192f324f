import type { FunctionChange } from '@lamplighter/contracts';
import type { FunctionState } from '@lamplighter/diagnosis';
import type { FunctionIdentity } from '../news/function-news.ts';

/** What is known of a function's calls before a minute. */
interface Known {
  readonly state: FunctionState;
  /** The highest version that was ever called; absent where that was not noted yet. */
  readonly highestVersion?: number;
}

/**
 * Versions and memory sizes that calls show for the first time: what logs tell of a change, whoever made it. What a function began with is no change. Lambda numbers versions upwards and
 * uses no number twice: only one above all that were called is new. The state remembers but the three used last, and one of four that take turns would be new every minute.
 */
export function firstSeen(identity: FunctionIdentity, before: Known, now: FunctionState): FunctionChange[] {
  const { accountId, region, functionName } = identity;
  const change = (told: Pick<FunctionChange, 'changeId' | 'at' | 'kind' | 'version' | 'settings'>): FunctionChange => ({
    ...{ accountId, region, functionName, source: 'logs' },
    ...told,
  });
  const { versions, sizes } = before.state.head;
  const highest = highestVersion(before.state, before.highestVersion) ?? 0;
  const newVersions = now.head.versions.filter(({ version }) => (numberOf(version) ?? 0) > highest);
  const newSizes = now.head.sizes.filter((one) => sizes.every(({ memorySizeMb }) => memorySizeMb !== one.memorySizeMb));
  const last = sizes.toSorted((a, b) => b.lastAt - a.lastAt)[0];
  return [
    ...(versions.length === 0 ? [] : newVersions).map(({ version, firstAt }) =>
      change({ changeId: `logs/version/${version}`, at: firstAt, kind: 'version', version }),
    ),
    ...(last === undefined ? [] : newSizes).map(({ memorySizeMb, firstAt }) =>
      change({
        ...{ changeId: `logs/memorySize/${memorySizeMb}`, at: firstAt, kind: 'configuration' },
        settings: [{ name: 'memorySize', before: String(last?.memorySizeMb), after: String(memorySizeMb) }],
      }),
    ),
  ];
}

/** The highest version that is known to have been called; undefined while none but `$LATEST` was. */
export function highestVersion({ head }: FunctionState, known?: number): number | undefined {
  const numbers = [known, ...head.versions.map(({ version }) => numberOf(version))].filter((one) => one !== undefined);
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

/** Of a published version: `$LATEST` has none. */
const numberOf = (version: string): number | undefined => (/^\d{1,15}$/.test(version) ? Number(version) : undefined);
