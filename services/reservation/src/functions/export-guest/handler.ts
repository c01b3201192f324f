import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
import { storesFromEnv } from '../../adapters/stores-from-env.ts';
import { exportGuest } from '../../guests/export-guest.ts';
import { defineFunction } from '../../runtime/define-function.ts';

const NAME = 'export-guest';
const RESUME_WAIT_MS = 30_000;

/** All that is stored of one guest. */
export const handler = defineFunction(
  {
    name: NAME,
    compose: (runtime) =>
      storesFromEnv(runtime, { name: NAME, resumeWaitMs: RESUME_WAIT_MS, canHoldConnections: false }),
    handle: exportGuest,
  },
  lambdaSurroundings,
);
