import {
  type AliasConfiguration,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  type GetFunctionConfigurationCommandOutput,
  type LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdated,
  waitUntilPublishedVersionActive,
} from '@aws-sdk/client-lambda';
import type { Change } from '@lamplighter/remedies';
import { NothingChanged } from '../../domain/nothing-changed.ts';
import { releaseFingerprint } from '../release-fingerprint.ts';
import type { ChangeHands } from './resources.ts';

type ReleaseChange = Extract<Change, { kind: 'lambda-release' }>;
type Settings = Pick<ReleaseChange, 'functionName' | 'memorySizeMb' | 'timeoutS'>;
type Configuration = GetFunctionConfigurationCommandOutput;

/** The function's own time is a minute; what takes longer is waited for by the next try. */
const MOST_WAIT_S = 30;

interface Release {
  readonly latest: Configuration;
  readonly served: Configuration;
  readonly pointer: AliasConfiguration;
}

/**
 * Memory or timeout of what an alias serves: `$LATEST` is set, a version is published of it, and the alias points to that. Nothing else may be released by it, so
 * `$LATEST` has to hold what the alias serves; AWS publishes no second version of the same, so a repeated step finds the first one. Undoing leaves
 * that version, and leaves the alias where somebody released anything else meanwhile.
 */
export function lambdaRelease(client: LambdaClient): ChangeHands<ReleaseChange> {
  return {
    async read(change) {
      const release = await readRelease(client, change);
      assertReleased(release, change);
      const { kind, functionName, alias, fingerprint, memorySizeMb, timeoutS } = change;
      const { latest, pointer } = release;
      return {
        kind,
        functionName,
        alias,
        fingerprint,
        ...(memorySizeMb !== undefined && { memorySizeMb: latest.MemorySize! }),
        ...(timeoutS !== undefined && { timeoutS: latest.Timeout! }),
        from: releasedBy(change),
        to: { version: pointer.FunctionVersion!, weights: pointer.RoutingConfig?.AdditionalVersionWeights ?? {} },
      };
    },
    write: (change) => (change.to === undefined ? publish(client, change) : putBack(client, change, change.to)),
  };
}

/** @throws Error where AWS tells less than it knows: nothing is changed, or taken back, by a guess. */
async function readRelease(client: LambdaClient, { functionName, alias }: ReleaseChange): Promise<Release> {
  const pointer = await client.send(new GetAliasCommand({ FunctionName: functionName, Name: alias }));
  const read = (Qualifier?: string) =>
    client.send(new GetFunctionConfigurationCommand({ FunctionName: functionName, Qualifier }));
  const [latest, served] = [await read(), await read(pointer.FunctionVersion)];
  const unread = latest.Environment?.Error ?? served.Environment?.Error;
  if (unread === undefined) return { pointer, latest, served };
  throw new Error(
    `The variables of ${functionName} cannot be read (${unread.ErrorCode}): nobody can say whether $LATEST holds what ${alias} serves. Release a version with the settings of the patch.`,
  );
}

/** @throws NothingChanged where anything but the change would be released. */
function assertReleased({ latest, served, pointer }: Release, change: ReleaseChange): void {
  const { functionName, alias, fingerprint, memorySizeMb, timeoutS, from } = change;
  const isSame =
    [latest, served].every((one) => releaseFingerprint(one) === fingerprint) &&
    (memorySizeMb !== undefined || latest.MemorySize === served.MemorySize) &&
    (timeoutS !== undefined || latest.Timeout === served.Timeout) &&
    !isShifting(pointer);
  if (!isSame)
    throw new NothingChanged(
      `$LATEST of ${functionName} is not what ${alias} served when this was planned: somebody released, or is about to. Release it, and the next finding is repaired.`,
    );
  if (hasAll(served, from) || hasAll(served, releasedBy(change))) return;
  throw new NothingChanged(
    `${alias} of ${functionName} has ${served.MemorySize} MB and ${served.Timeout} s by now, not the ${from.memorySizeMb} MB and ${from.timeoutS} s that this was planned from: somebody released. The next finding is repaired from there.`,
  );
}

async function publish(client: LambdaClient, change: ReleaseChange): Promise<void> {
  const { functionName: FunctionName, alias: Name } = change;
  const release = await readRelease(client, change);
  assertReleased(release, change);
  if (has(release.served, change)) return;
  await configure(client, release.latest, change);
  const published = await client.send(
    new PublishVersionCommand({ FunctionName, CodeSha256: release.latest.CodeSha256 }),
  );
  assertPublished(published, change);
  const version = published.Version!;
  if (published.State !== 'Active')
    await waitUntilPublishedVersionActive({ client, maxWaitTime: MOST_WAIT_S }, { FunctionName, Qualifier: version });
  await pointTo(client, { FunctionName, Name, RevisionId: release.pointer.RevisionId }, { version, weights: {} });
}

/** @throws Error where `$LATEST` was changed between the look at it and its publication. */
function assertPublished(published: Configuration, change: ReleaseChange): void {
  if (releaseFingerprint(published) === change.fingerprint && hasAll(published, releasedBy(change))) return;
  const { functionName, alias } = change;
  throw new Error(
    `Version ${published.Version} of ${functionName} was published with settings that $LATEST got meanwhile; ${alias} does not point to it. Release them, and the next finding is repaired.`,
  );
}

async function putBack(
  client: LambdaClient,
  change: ReleaseChange,
  to: NonNullable<ReleaseChange['to']>,
): Promise<void> {
  const { functionName: FunctionName, alias: Name, fingerprint, from } = change;
  const { latest, served, pointer } = await readRelease(client, change);
  const isOurs = releaseFingerprint(served) === fingerprint && hasAll(served, from) && !isShifting(pointer);
  if (isOurs && pointer.FunctionVersion !== to.version)
    await pointTo(client, { FunctionName, Name, RevisionId: pointer.RevisionId }, to);
  await configure(client, latest, stillOurs(latest, change));
}

/** Of the settings to be put back, those that `$LATEST` still has as the change set them. */
function stillOurs(latest: Configuration, { functionName, memorySizeMb, timeoutS, from }: ReleaseChange): Settings {
  return {
    functionName,
    ...(latest.MemorySize === from.memorySizeMb && memorySizeMb !== undefined && { memorySizeMb }),
    ...(latest.Timeout === from.timeoutS && timeoutS !== undefined && { timeoutS }),
  };
}

/** Between two versions. */
const isShifting = ({ RoutingConfig }: AliasConfiguration): boolean =>
  Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0;

/** What callers get by a change. */
const releasedBy = ({ memorySizeMb, timeoutS, from }: ReleaseChange): ReleaseChange['from'] => ({
  memorySizeMb: memorySizeMb ?? from.memorySizeMb,
  timeoutS: timeoutS ?? from.timeoutS,
});

const hasAll = ({ MemorySize, Timeout }: Configuration, { memorySizeMb, timeoutS }: ReleaseChange['from']): boolean =>
  MemorySize === memorySizeMb && Timeout === timeoutS;

const has = ({ MemorySize, Timeout }: Configuration, { memorySizeMb, timeoutS }: Settings): boolean =>
  (memorySizeMb ?? MemorySize) === MemorySize && (timeoutS ?? Timeout) === Timeout;

/** Sets `$LATEST`, and waits until AWS has: until then it publishes nothing. */
async function configure(client: LambdaClient, latest: Configuration, settings: Settings): Promise<void> {
  const { functionName: FunctionName, memorySizeMb, timeoutS } = settings;
  const update = new UpdateFunctionConfigurationCommand({
    FunctionName,
    ...(memorySizeMb !== undefined && { MemorySize: memorySizeMb }),
    ...(timeoutS !== undefined && { Timeout: timeoutS }),
  });
  const { LastUpdateStatus } = has(latest, settings) ? latest : await client.send(update);
  if (LastUpdateStatus !== 'Successful')
    await waitUntilFunctionUpdated({ client, maxWaitTime: MOST_WAIT_S }, { FunctionName });
}

/** Refused by AWS where the alias was moved since it was read. */
async function pointTo(
  client: LambdaClient,
  alias: { readonly FunctionName: string; readonly Name: string; readonly RevisionId: string | undefined },
  { version, weights }: NonNullable<ReleaseChange['to']>,
): Promise<void> {
  const RoutingConfig = { AdditionalVersionWeights: weights };
  await client.send(new UpdateAliasCommand({ ...alias, FunctionVersion: version, RoutingConfig }));
}
