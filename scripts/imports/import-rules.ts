import type { IForbiddenRuleType } from 'dependency-cruiser';

/** Packages that compute and nothing else: no AWS, no disk, no network. */
export const PURE_PACKAGES: readonly string[] = [
  'lambda-logs',
  'time-series',
  'pricing',
  'xml-extract',
  'signed-links',
  'simulator',
  'diagnosis',
  'prediction',
  'remedies',
  'coverage',
  'contracts',
];
const PURE = PURE_PACKAGES.join('|');
/** Pure packages that build on others: the twin prices what it does, a diagnosis scores series and prices advice, a prediction forecasts and prices. */
const BUILT_ON_PURE = 'simulator|diagnosis|prediction|remedies';
/** Tests, what only they use, and the command that writes the contracts' lock. */
export const TEST_ONLY = '(\\.test\\.ts$|/test/|/testing/|/contracts/src/write-lock\\.ts$)';
const AWS_SDK = '(@aws-sdk|@smithy)/';

/** Who may import whom: the direction of dependencies in CONTRIBUTING.md, as rules of dependency-cruiser. */
export const IMPORT_RULES: readonly IForbiddenRuleType[] = [
  {
    name: 'no-cycles',
    comment: 'two files that run each other are one file in two places; types may refer to each other',
    severity: 'error',
    // In CloudFormation a value may hold a condition, and a condition values.
    from: { pathNot: '^packages/sandbox/src/cloudformation/resolve-(conditions|value)\\.ts$' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'nothing-imports-a-service',
    comment: "services meet in contracts, never in each other's code",
    severity: 'error',
    from: { path: '^(packages|scripts)/' },
    to: { path: '^services/' },
  },
  {
    name: 'services-do-not-import-each-other',
    comment: "services meet in contracts, never in each other's code",
    severity: 'error',
    from: { path: '^services/([^/]+)/' },
    to: { path: '^services/', pathNot: '^services/$1/' },
  },
  {
    name: 'pure-packages-import-contracts-only',
    comment: 'a pure package imports no workspace package but contracts',
    severity: 'error',
    from: { path: `^packages/(${PURE})/`, pathNot: `(^packages/(${BUILT_ON_PURE})/|${TEST_ONLY})` },
    to: { path: '^(packages|scripts)/', pathNot: '^packages/($1|contracts)/' },
  },
  {
    name: 'the-twin-and-the-diagnosis-import-pure-packages-only',
    comment: 'they may build on contracts, pricing and time-series, and on nothing else of the workspace',
    severity: 'error',
    from: { path: `^packages/(${BUILT_ON_PURE})/`, pathNot: TEST_ONLY },
    to: { path: '^(packages|scripts)/', pathNot: '^packages/($1|contracts|pricing|time-series)/' },
  },
  {
    name: 'the-handler-kit-imports-contracts-only',
    comment: 'every bundle holds it: what it imports, all of them hold',
    severity: 'error',
    from: { path: '^packages/lambda-kit/', pathNot: TEST_ONLY },
    to: { path: '^(packages|scripts)/', pathNot: '^packages/(lambda-kit|contracts)/' },
  },
  {
    name: 'the-plugin-imports-coverage-and-contracts-only',
    comment: 'it is packed as one file for services of other teams',
    severity: 'error',
    from: { path: '^packages/serverless-plugin/', pathNot: TEST_ONLY },
    to: { path: '^(packages|scripts)/', pathNot: '^packages/(serverless-plugin|coverage|contracts)/' },
  },
  {
    name: 'pure-packages-do-no-io',
    comment: 'a pure package is given plain data and gives plain data back',
    severity: 'error',
    from: { path: `^packages/(${PURE})/`, pathNot: TEST_ONLY },
    to: {
      path: `^(node:)?(fs|os|process|perf_hooks|timers|readline|net|tls|dns|dgram|http2?|https|child_process|worker_threads|cluster)(/|$)|${AWS_SDK}`,
    },
  },
  {
    name: 'aws-sdk-in-adapters-only',
    comment: 'only adapters know AWS, and handler.ts makes their clients; everything else asks a port',
    severity: 'error',
    from: {
      path: '^(packages|services)/',
      pathNot: `(/adapters/|/handler\\.ts$|^packages/(sandbox|cli)/|${TEST_ONLY})`,
    },
    to: { path: AWS_SDK },
  },
  {
    name: 'domain-is-pure',
    comment: 'a decision takes plain data: no adapter, no function, no handler kit',
    severity: 'error',
    from: { path: '^services/[^/]+/src/domain/', pathNot: TEST_ONLY },
    to: { path: '(/src/adapters/|/src/functions/|^packages/lambda-kit/)' },
  },
  {
    name: 'no-sandbox-in-production',
    comment: 'the sandbox and the command line are tools: what is deployed does not hold them',
    severity: 'error',
    from: { path: '^(services|packages/(?!sandbox|cli))', pathNot: TEST_ONLY },
    to: { path: '^packages/(sandbox|cli)/' },
  },
  {
    name: 'no-unresolved-imports',
    comment: 'an import must lead somewhere',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
];
