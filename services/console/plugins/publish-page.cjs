const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

/** After a deploy: builds the page and puts it into the stack's bucket, by `publish-page.ts` (which also runs alone), with the deploy's own profile. */
class PublishPage {
  constructor(serverless, _options, _utils, spawn = spawnSync) {
    this.hooks = { 'after:deploy:deploy': () => publish(serverless.getProvider('aws'), spawn) };
  }
}

function publish(provider, spawn) {
  const script = join(__dirname, '../src/publish/publish-page.ts');
  const args = [script, '--stack', provider.naming.getStackName(), '--region', provider.getRegion()];
  const profile = provider.getProfile?.();
  const env = { ...process.env, ...(profile && { AWS_PROFILE: profile }) };
  const { status } = spawn(process.execPath, args, { stdio: 'inherit', env });
  if (status !== 0) throw new Error('The stack is deployed, its page is not: publish-page failed.');
}

module.exports = PublishPage;
