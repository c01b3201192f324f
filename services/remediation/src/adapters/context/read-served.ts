import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { FunctionSettings } from '@lamplighter/remedies';
import { releaseFingerprint } from '../release-fingerprint.ts';

type Aliases = FunctionSettings['aliases'];

/** What aliases of published versions serve, beside what `$LATEST` holds; nothing is asked where there are none. */
export async function readServed(
  client: LambdaClient,
  FunctionName: string,
  aliases: Aliases,
): Promise<Pick<FunctionSettings, 'aliases' | 'fingerprint'>> {
  if (!aliases.some(isPublished)) return { aliases };
  const [latest, ...served] = await Promise.all([
    client.send(new GetFunctionConfigurationCommand({ FunctionName })),
    ...aliases.map(async (alias) => (isPublished(alias) ? withServed(client, FunctionName, alias) : alias)),
  ]);
  return { aliases: served, fingerprint: releaseFingerprint(latest) };
}

const isPublished = ({ version }: Aliases[number]): boolean => version !== '$LATEST';

async function withServed(
  client: LambdaClient,
  FunctionName: string,
  alias: Aliases[number],
): Promise<Aliases[number]> {
  const { version: Qualifier } = alias;
  const served = await client.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier }));
  const { MemorySize, Timeout } = served;
  if (MemorySize === undefined || Timeout === undefined) return alias;
  return {
    ...alias,
    served: { memorySizeMb: MemorySize, timeoutS: Timeout, fingerprint: releaseFingerprint(served) },
  };
}
