const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

/** After a deploy: builds the page and puts it into the stack's bucket, by `publish-page.ts` (which also runs alone). */
class PublishPage {
  constructor(serverless) {
    this.hooks = { 'after:deploy:deploy': () => publish(serverless.getProvider('aws')) };
  }
}

function publish(provider) {
  const script = join(__dirname, '../src/publish/publish-page.ts');
  const args = [script, '--stack', provider.naming.getStackName(), '--region', provider.getRegion()];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error('The stack is deployed, its page is not: publish-page failed.');
}

module.exports = PublishPage;
