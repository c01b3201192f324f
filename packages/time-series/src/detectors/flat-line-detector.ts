import { runDetector } from './run-detector.ts';

/** The same value again and again in a series that moves: a source that is stuck. Zeros are drop-to-nothing's. */
export const flatLineDetector = runDetector({
  name: 'flat-line',
  version: 1,
  kind: 'flat-line',
  judgesMissing: false,
  holds: (value, last) => value !== 0 && value === last,
});
