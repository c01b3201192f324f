import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';

const { resources } = createRequire(import.meta.url)('../../resources/backfilled-log-groups.cjs') as {
  readonly resources: (framework: {
    readonly resolveVariable: (name: string) => Promise<string>;
  }) => Promise<readonly { readonly 'Fn::Sub': string }[]>;
};

const groupsOf = async (others: string): Promise<readonly string[]> => {
  const params: Readonly<Record<string, string>> = {
    'param:watchedLogGroupPrefix': '/aws/lambda/',
    'param:backfilledLogGroupPrefixes': others,
  };
  const found = await resources({ resolveVariable: async (name) => params[name] ?? '' });
  return found.map((each) => each['Fn::Sub'].split(':log-group:')[1] ?? '');
};

test('the ledger reads watched log groups back, and those that are named beside them', async () => {
  expect(await groupsOf('')).toEqual(['/aws/lambda/*']);
  expect(await groupsOf('/shop/, loans-,/aws/lambda/')).toEqual(['/aws/lambda/*', '/shop/*', 'loans-*']);
});

test('a prefix that would let it read everything, or what is no name, is refused', async () => {
  await expect(groupsOf('*')).rejects.toThrow('"*" begins no log group');
  await expect(groupsOf('/shop/;/loans/')).rejects.toThrow('begins no log group');
});
