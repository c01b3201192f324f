import { expect, test } from '@jest/globals';
import { commandsAt } from './commands-at.ts';

test('our own commands name the deployment, and are started as in a clone without pnpm; other hints stay', () => {
  const others = [
    { text: 'By hand', command: 'aws lambda get-function --function-name a' },
    { text: 'The log', url: 'https://example.com' },
  ];

  expect(
    commandsAt([{ text: 'A request', command: 'pnpm lamplighter audit r-1' }, ...others], ' --stage prod --region r'),
  ).toEqual([
    { text: 'A request', command: 'npx -y pnpm@10 lamplighter audit r-1 --stage prod --region r' },
    ...others,
  ]);
});
