const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** The policy file as the one line that an SSM parameter holds. */
module.exports.policy = async ({ resolveVariable }) => {
  const file = join(__dirname, '..', await resolveVariable('param:policyFile'));
  // Some editors begin a file with a byte order mark.
  const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  try {
    return JSON.stringify(JSON.parse(text));
  } catch (error) {
    throw new Error(`${file} is not JSON: ${error.message.replace(/\s+/g, ' ')}`);
  }
};
