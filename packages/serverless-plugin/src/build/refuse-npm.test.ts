import { expect, test } from '@jest/globals';
import { refusedPacker } from './refuse-npm.ts';

const PNPM = 'pnpm/10.34.9 npm/? node/v24.21.0 linux x64';

test('pnpm packs the plugin', () => {
  expect(refusedPacker(PNPM, undefined)).toBeUndefined();
  expect(refusedPacker(PNPM, '/usr/lib/node_modules/pnpm/bin/pnpm.cjs')).toBeUndefined();
});

test('npm that a script of pnpm calls does not', () => {
  expect(refusedPacker(PNPM, '/usr/lib/node_modules/npm/bin/npm-cli.js')).toMatch(/^npm would pack/);
});

test.each([
  ['npm/10.8.2 node/v20.20.2 linux x64', 'npm would pack'],
  ['yarn/4.9.1 npm/? node/v24', 'yarn would pack'],
  [undefined, 'This command would pack'],
])('%s does not, and says who does', (agent, said) => {
  expect(refusedPacker(agent, undefined)).toMatch(new RegExp(`^${said}.*pnpm pack`));
});
