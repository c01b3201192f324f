const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { outOfBounds } = require('./bounds.cjs');

/** The stage of tests, demos and first looks: the one that may be deployed without settings. */
const TRIAL_STAGE = 'dev';
/** Settings of no service: they hold for every one. */
const OF_ALL = ['region'];

/**
 * A deploy knows nothing of the `--param` of the one before it, and Compose takes none: what lasts stands in `settings/<stage>.yml`.
 * Refuses keys there that nobody reads, values out of the bounds that a service's `custom.bounds` sets them, whether from there or by `--param`, and the deploy of a stage that has no such file, since it would set everything back to its default.
 */
class StageSettings {
  constructor(serverless) {
    const refuse = () => {
      const problem = unknownKey(serverless) ?? missingFile(serverless) ?? badValues(serverless);
      if (problem) throw new (serverless.classes?.Error ?? Error)(problem);
    };
    this.hooks = { 'before:package:initialize': refuse, 'before:deploy:deploy': refuse };
  }
}

function unknownKey(serverless) {
  const settings = serverless.service.custom.settings || {};
  const services = serviceNames(serverless.serviceDir);
  const foreign = Object.keys(settings).find((key) => !OF_ALL.includes(key) && !services.includes(key));
  if (foreign)
    return `${nameOf(serverless)} has settings of ${foreign}; it may have: ${[...OF_ALL, ...services].join(', ')}.`;
  const service = basename(serverless.serviceDir);
  const known = settingsRead(serverless.serviceDir, service);
  const unknown = Object.keys(settings[service] || {}).find((key) => !known.includes(key));
  return unknown && `${nameOf(serverless)} sets ${service}.${unknown}, which is none of: ${known.join(', ')}.`;
}

function missingFile(serverless) {
  const isDeploy = serverless.processedInput?.commands?.[0] === 'deploy';
  if (!isDeploy || stageOf(serverless) === TRIAL_STAGE || existsSync(fileOf(serverless))) return undefined;
  return `Stage ${stageOf(serverless)} has no ${nameOf(serverless)}, so this deploy would set every setting back to its default. Copy settings/example.yml to it, and keep in it what shall last.`;
}

/** A line each: what would fail in the middle of a deploy, or stop every function after it. */
function badValues(serverless) {
  const service = basename(serverless.serviceDir);
  const faults = outOfBounds(serverless.service.custom.bounds ?? {});
  const wayOut = `Set it in ${nameOf(serverless)} or by --param.`;
  return faults.length > 0 ? faults.map((fault) => `${service}.${fault} ${wayOut}`).join('\n') : undefined;
}

/** Names of the settings that a service's `params` read; from its text, since each framework keeps its configuration elsewhere. */
function settingsRead(serviceDir, service) {
  const text = readFileSync(join(serviceDir, 'serverless.yml'), 'utf8');
  const variables = text.matchAll(new RegExp(`self:custom\\.settings\\.${service}\\.(\\w+)`, 'g'));
  return [...new Set([...variables].map(([, name]) => name))];
}

function serviceNames(serviceDir) {
  const parent = join(serviceDir, '..');
  return readdirSync(parent).filter((name) => existsSync(join(parent, name, 'serverless.yml')));
}

const stageOf = (serverless) => serverless.getProvider('aws').getStage();
const nameOf = (serverless) => `settings/${stageOf(serverless)}.yml`;
const fileOf = (serverless) => join(serverless.serviceDir, '../..', nameOf(serverless));

module.exports = StageSettings;
