import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';

const PublishPage = createRequire(import.meta.url)('../plugins/publish-page.cjs');

/** What is spawned after a deploy whose framework names this profile. */
function spawnedWith(getProfile: (() => string | undefined) | undefined, status = 0) {
  const spawned: { readonly args: readonly string[]; readonly profile: string | undefined }[] = [];
  const provider = {
    naming: { getStackName: () => 'lamplighter-console-prod' },
    getRegion: () => 'eu-west-1',
    ...(getProfile && { getProfile }),
  };
  const spawn = (_node: string, args: readonly string[], { env }: { readonly env: NodeJS.ProcessEnv }) => {
    spawned.push({ args: args.slice(1), profile: env.AWS_PROFILE });
    return { status };
  };
  const { hooks } = new PublishPage({ getProvider: () => provider }, {}, {}, spawn);
  hooks['after:deploy:deploy']();
  return spawned;
}

const args = ['--stack', 'lamplighter-console-prod', '--region', 'eu-west-1'];

test('the page is published with the profile that the stack was deployed with', () => {
  expect(spawnedWith(() => 'production')).toEqual([{ args, profile: 'production' }]);
});

test.each([[undefined], [() => undefined]])('without one, the environment stays as it is', (getProfile) => {
  expect(spawnedWith(getProfile)).toEqual([{ args, profile: process.env.AWS_PROFILE }]);
});

test('a page that was not published fails the deploy, and says what stands', () => {
  expect(() => spawnedWith(undefined, 1)).toThrow('The stack is deployed, its page is not');
});
