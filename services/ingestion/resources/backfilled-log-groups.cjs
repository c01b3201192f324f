'use strict';

/** The log groups that the ledger may read back, as resources of a policy: the watched ones, and those of backfilledLogGroupPrefixes. */
exports.resources = async ({ resolveVariable }) => {
  const watched = await resolveVariable('param:watchedLogGroupPrefix');
  const others = String(await resolveVariable('param:backfilledLogGroupPrefixes')).split(',');
  const prefixes = [watched, ...others.map((prefix) => prefix.trim())].filter((prefix) => prefix !== '');
  const unclear = prefixes.find((prefix) => !/^[\w./#-]+$/.test(prefix));
  if (unclear !== undefined)
    throw new Error(
      `backfilledLogGroupPrefixes: ${JSON.stringify(unclear)} begins no log group; separate names by commas.`,
    );
  return [...new Set(prefixes)].map((prefix) => ({
    'Fn::Sub': `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:${prefix}*`,
  }));
};
