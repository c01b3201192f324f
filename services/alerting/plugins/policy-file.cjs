const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const read = async (resolveVariable) => {
  const file = join(__dirname, '..', await resolveVariable('param:policyFile'));
  return JSON.parse(readFileSync(file, 'utf8'));
};

/** The policy file as the one line that an SSM parameter holds. */
module.exports.policy = async ({ resolveVariable }) => JSON.stringify(await read(resolveVariable));

/** How many channels it has: the daily synthetic alert goes through each. */
module.exports.channelCount = async ({ resolveVariable }) => Object.keys((await read(resolveVariable)).channels).length;
