import DefaultSequencer from '@jest/test-sequencer';

/** Suites that take the longest, the longest first: what begins last should be short, so that all workers end together. */
const LONGEST = [
  'scripts/demo/black-friday.integration.test.ts',
  'services/remediation/test/crash.integration.test.ts',
  'services/console/test/console-page.integration.test.ts',
  'services/alerting/test/roles-and-answers.integration.test.ts',
  'packages/diagnosis/src/findings/healthy.test.ts',
  'services/ingestion/test/crash-stream.integration.test.ts',
  'services/reservation/test/audited-messages.integration.test.ts',
  'services/remediation/test/crash-approval.integration.test.ts',
  'services/ingestion/test/windows.integration.test.ts',
  'scripts/docs/cost/metered/busy-minute.integration.test.ts',
  'services/remediation/test/every-path.integration.test.ts',
  'services/ingestion/test/crash-direct.integration.test.ts',
  'scripts/idle-cost.integration.test.ts',
];
const KINDS = ['.integration.test.ts', '.property.test.ts', '.test.ts'];

/** Jest knows how long suites take from their last run; a fresh clone has none, and jest would go by the size of their files. */
export default class LongestFirst extends DefaultSequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a.path) - rank(b.path));
  }
}

function rank(path) {
  const known = LONGEST.findIndex((suite) => path.endsWith(`/${suite}`));
  return known >= 0 ? known : LONGEST.length + KINDS.findIndex((kind) => path.endsWith(kind));
}
