import { runDetector } from './run-detector.ts';

/** Zeros in a series that is seldom zero: traffic that stopped. */
export const dropToNothingDetector = runDetector({
  name: 'drop-to-nothing',
  version: 1,
  kind: 'drop-to-nothing',
  judgesMissing: false,
  holds: (value) => value === 0,
});
