import { GetAliasCommand, type LambdaClient, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import type { Change } from '@lamplighter/remedies';
import type { ChangeHands } from './resources.ts';

/** Where an alias points, and the shares of other versions. */
export function lambdaAlias(client: LambdaClient): ChangeHands<Extract<Change, { kind: 'lambda-alias' }>> {
  return {
    async read({ kind, functionName, alias }) {
      const now = await client.send(new GetAliasCommand({ FunctionName: functionName, Name: alias }));
      return {
        kind,
        functionName,
        alias,
        version: now.FunctionVersion!,
        weights: now.RoutingConfig?.AdditionalVersionWeights ?? {},
      };
    },
    async write({ functionName, alias, version, weights }) {
      const RoutingConfig = { AdditionalVersionWeights: weights };
      await client.send(
        new UpdateAliasCommand({ FunctionName: functionName, Name: alias, FunctionVersion: version, RoutingConfig }),
      );
    },
  };
}
