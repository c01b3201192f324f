const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** The policy file as the one line that an SSM parameter holds. */
module.exports.policy = async ({ resolveVariable }) => {
  const file = join(__dirname, '..', await resolveVariable('param:policyFile'));
  return JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
};
