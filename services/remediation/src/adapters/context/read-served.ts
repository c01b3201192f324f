import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { FunctionSettings, WhatIsCalled } from '@lamplighter/remedies';
import { releaseFingerprint } from '../release-fingerprint.ts';

type Aliases = FunctionSettings['aliases'];

/** What the called one of a function's aliases serves, beside what `$LATEST` holds: there may be thousands. Nothing is asked where none is called. */
export async function readServed(
  client: LambdaClient,
  { functionName: FunctionName, aliases }: Pick<FunctionSettings, 'functionName' | 'aliases'>,
  called: WhatIsCalled,
): Promise<Pick<FunctionSettings, 'aliases' | 'fingerprint'>> {
  const { version: Qualifier } = called;
  if (Qualifier === '$LATEST' || called.aliases.length === 0) return { aliases };
  const [latest, served] = await Promise.all([
    client.send(new GetFunctionConfigurationCommand({ FunctionName })),
    servedBy(client, { FunctionName, Qualifier }),
  ]);
  const isCalled = ({ name }: Aliases[number]) => called.aliases.some((one) => one.name === name);
  return {
    aliases: aliases.map((alias) => (served && isCalled(alias) ? { ...alias, served } : alias)),
    fingerprint: releaseFingerprint(latest),
  };
}

async function servedBy(
  client: LambdaClient,
  version: { readonly FunctionName: string; readonly Qualifier: string },
): Promise<Aliases[number]['served']> {
  const served = await client.send(new GetFunctionConfigurationCommand(version));
  const { MemorySize, Timeout } = served;
  if (MemorySize === undefined || Timeout === undefined) return undefined;
  return { memorySizeMb: MemorySize, timeoutS: Timeout, fingerprint: releaseFingerprint(served) };
}
