import { failureRule } from './failure-signal.ts';

/** Environments that could not start: code that throws while it loads, a missing module, a wrong handler name. Formula: see failure-signal.ts. */
export const initFailures = failureRule({
  class: 'init-failures',
  kind: 'initErrors',
  verb: 'failed to start',
  headline: 'fails to start',
  meaning: 'The code fails while it loads, before it sees the event: look at what was deployed or configured last.',
  floor: 0.0005,
  surprise: 10,
  least: 2,
  ids: ({ seen }) => (seen.fingerprints ?? []).flatMap((each) => each.requestIds),
});
