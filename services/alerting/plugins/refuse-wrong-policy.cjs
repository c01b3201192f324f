const { join } = require('node:path');
const { buildSync } = require('esbuild');

const POLICY = join(__dirname, '../src/domain/policy/policy.ts');

/** Refuses to package a policy that the functions would refuse when they read it: until then a new stage would tell nobody anything. */
class RefuseWrongPolicy {
  constructor(serverless) {
    this.hooks = {
      'before:package:initialize': () => {
        const { Name, Value } = serverless.service.resources.Resources.Policy.Properties;
        const { problem } = reader()(Value, Name.slice(0, Name.lastIndexOf('/') + 1));
        if (problem) throw new (serverless.classes?.Error ?? Error)(problem, 'ALERTING_POLICY_REFUSED');
      },
    };
  }
}

/** What the functions read it by; compiled, since a deploy may run on a Node that reads no TypeScript. */
function reader() {
  const { outputFiles } = buildSync({
    entryPoints: [POLICY],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
  });
  const compiled = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0].text)(compiled, compiled.exports, require);
  return compiled.exports.readPolicy;
}

module.exports = RefuseWrongPolicy;
