import { runDetector } from './run-detector.ts';

/** Points without a value in a series that has values: a source that is silent, which is not the same as zero. */
export const missingDataDetector = runDetector({
  name: 'missing-data',
  version: 1,
  kind: 'missing-data',
  judgesMissing: true,
  holds: (value) => value === null,
});
