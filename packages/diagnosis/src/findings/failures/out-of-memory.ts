import { number } from '../words.ts';
import { failureRule } from './failure-signal.ts';

/** Calls that were killed because they needed more memory than is configured. Formula: see failure-signal.ts. */
export const outOfMemory = failureRule({
  class: 'out-of-memory',
  kind: 'outOfMemory',
  verb: 'ran out of memory',
  headline: 'runs out of memory',
  meaning: 'The environment is killed with the call, and the next call starts cold.',
  floor: 0.0005,
  surprise: 10,
  least: 2,
  ids: ({ seen }) => seen.outOfMemoryIds,
  refine: (signal, { seen }) => ({
    ...signal,
    explanation: `${signal.explanation} ${number(seen.memoryUsedMb)} of ${number(seen.memorySizeMb)} MB were in use.`,
  }),
});
