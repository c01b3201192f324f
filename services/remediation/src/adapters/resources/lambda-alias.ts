import { isDeepStrictEqual } from 'node:util';
import {
  type AliasConfiguration,
  GetAliasCommand,
  type GetAliasCommandOutput,
  type LambdaClient,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import type { Change } from '@lamplighter/remedies';
import { NothingChanged } from '../../domain/nothing-changed.ts';
import type { ChangeHands } from './resources.ts';

type AliasChange = Extract<Change, { kind: 'lambda-alias' }>;
type Place = NonNullable<AliasChange['from']>;

/** Where an alias points, and the shares of other versions. Where its owner points it meanwhile, they know better: a change is refused by that, and undoing leaves it. */
export function lambdaAlias(client: LambdaClient): ChangeHands<AliasChange> {
  const readAlias = ({ functionName, alias }: AliasChange): Promise<GetAliasCommandOutput> =>
    client.send(new GetAliasCommand({ FunctionName: functionName, Name: alias }));
  return {
    async read(change) {
      const { kind, functionName, alias, version, weights } = change;
      const before = placeOf(await readAlias(change));
      assertStillThere(before, change);
      return { kind, functionName, alias, ...before, from: { version, weights }, isUndoing: true };
    },
    async write(change) {
      const now = await readAlias(change);
      const { functionName, alias, version, weights, from, isUndoing } = change;
      if (isDeepStrictEqual(placeOf(now), { version, weights })) return;
      if (isUndoing && from !== undefined && !isDeepStrictEqual(placeOf(now), from)) return;
      assertStillThere(placeOf(now), change);
      await client.send(
        new UpdateAliasCommand({
          FunctionName: functionName,
          Name: alias,
          FunctionVersion: version,
          RoutingConfig: { AdditionalVersionWeights: weights },
          // Refused by AWS where the alias was moved since it was read.
          RevisionId: now.RevisionId,
        }),
      );
    },
  };
}

const placeOf = ({ FunctionVersion, RoutingConfig }: AliasConfiguration): Place => ({
  version: FunctionVersion!,
  weights: { ...RoutingConfig?.AdditionalVersionWeights },
});

/** @throws NothingChanged where the alias points neither to what this was planned from nor to what it shall point to. */
function assertStillThere(now: Place, { functionName, alias, version, weights, from }: AliasChange): void {
  const isExpected = [from ?? now, { version, weights }].some((place) => isDeepStrictEqual(now, place));
  if (isExpected) return;
  throw new NothingChanged(
    `${alias} of ${functionName} points to version ${now.version} by now, not to ${from?.version}: somebody released. It is left alone; if that version is bad too, the next finding says so.`,
  );
}
