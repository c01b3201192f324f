const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** The guardrails as the one line that an SSM parameter holds. */
module.exports.config = async ({ resolveVariable }) => {
  const file = join(__dirname, '..', await resolveVariable('param:configFile'));
  return JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
};
