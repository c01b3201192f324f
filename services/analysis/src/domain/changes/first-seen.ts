import type { FunctionChange } from '@lamplighter/contracts';
import type { FunctionState } from '@lamplighter/diagnosis';
import type { FunctionIdentity } from '../news/function-news.ts';

/** What the assessment calls `$LATEST` since a deploy that it was told of: a change that is known already. */
const TOLD = '$LATEST of ';

/** Versions and memory sizes that calls show for the first time: what logs tell of a change, whoever made it. What a function began with is no change. */
export function firstSeen(identity: FunctionIdentity, before: FunctionState, now: FunctionState): FunctionChange[] {
  const { accountId, region, functionName } = identity;
  const change = (told: Pick<FunctionChange, 'changeId' | 'at' | 'kind' | 'version' | 'settings'>): FunctionChange => ({
    ...{ accountId, region, functionName, source: 'logs' },
    ...told,
  });
  const { versions, sizes } = before.head;
  const newVersions = now.head.versions.filter(
    (one) => !one.version.startsWith(TOLD) && versions.every(({ version }) => version !== one.version),
  );
  const newSizes = now.head.sizes.filter((one) => sizes.every(({ memorySizeMb }) => memorySizeMb !== one.memorySizeMb));
  const last = sizes.toSorted((a, b) => b.lastAt - a.lastAt)[0];
  return [
    ...(versions.length === 0 ? [] : newVersions).map(({ version, firstAt }) =>
      change({ changeId: `logs/version/${version}`, at: firstAt, kind: 'version', version: version.slice(0, 200) }),
    ),
    ...(last === undefined ? [] : newSizes).map(({ memorySizeMb, firstAt }) =>
      change({
        ...{ changeId: `logs/memorySize/${memorySizeMb}`, at: firstAt, kind: 'configuration' },
        settings: [{ name: 'memorySize', before: String(last?.memorySizeMb), after: String(memorySizeMb) }],
      }),
    ),
  ];
}
