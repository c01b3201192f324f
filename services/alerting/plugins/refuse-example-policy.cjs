const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const EXAMPLE = join(__dirname, '../config/example.json');
/** The stage of tests and first looks, where nobody waits to be told. */
const TRIAL_STAGE = 'dev';

/** Refuses to deploy the example policy to a stage that is relied on: its alerts go to people who do not exist. */
class RefuseExamplePolicy {
  constructor(serverless) {
    const refuse = () => {
      if (serverless.processedInput?.commands?.[0] !== 'deploy' || !isExample(serverless)) return;
      const stage = serverless.getProvider('aws').getStage();
      if (stage === TRIAL_STAGE) return;
      throw new (serverless.classes?.Error ?? Error)(
        `Stage ${stage} would tell anna@example.com: services/alerting/config/example.json is an example. Write a policy of your own, and name it in settings/${stage}.yml as alerting.policyFile.`,
      );
    };
    this.hooks = { 'before:package:initialize': refuse, 'before:deploy:deploy': refuse };
  }
}

function isExample(serverless) {
  const policy = JSON.parse(serverless.service.resources.Resources.Policy.Properties.Value);
  return JSON.stringify(policy) === JSON.stringify(JSON.parse(readFileSync(EXAMPLE, 'utf8')));
}

module.exports = RefuseExamplePolicy;
