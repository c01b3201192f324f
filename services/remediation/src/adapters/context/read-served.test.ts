import type { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import { readServed } from './read-served.ts';

const ALIASES = Array.from({ length: 50 }, (_, at) => ({
  name: `tenant-${at + 1}`,
  version: `${at + 1}`,
  weights: {},
}));

/** A function whose other versions nobody may read. */
function lambdaOf(readable: string) {
  const asked: (string | undefined)[] = [];
  const client = {
    send: async ({ input: { Qualifier } }: GetFunctionConfigurationCommand) => {
      asked.push(Qualifier);
      if (Qualifier !== undefined && Qualifier !== readable) throw new Error('TooManyRequestsException');
      return { CodeSha256: 'code', MemorySize: Qualifier === undefined ? 256 : 512, Timeout: 3 };
    },
  } as unknown as LambdaClient;
  return { client, asked };
}

test('of many aliases what the called one serves is read, and nothing else', async () => {
  const { client, asked } = lambdaOf('7');
  const called = { version: '7', aliases: [ALIASES[6]!] };

  const { aliases, fingerprint } = await readServed(client, { functionName: 'rooms', aliases: ALIASES }, called);

  expect(asked).toEqual([undefined, '7']);
  expect(aliases).toHaveLength(50);
  expect(aliases.filter(({ served }) => served)).toEqual([
    { ...ALIASES[6], served: { memorySizeMb: 512, timeoutS: 3, fingerprint } },
  ]);
});

test.each([
  ['$LATEST is called', { version: '$LATEST', aliases: [{ ...ALIASES[0]!, version: '$LATEST' }] }],
  ['no alias points to what is called', { version: '99', aliases: [] }],
])('nothing is asked where %s', async (_, called) => {
  const { client, asked } = lambdaOf('7');

  expect(await readServed(client, { functionName: 'rooms', aliases: ALIASES }, called)).toEqual({ aliases: ALIASES });
  expect(asked).toEqual([]);
});
