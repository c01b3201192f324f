import * as z from 'zod';
import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
import { databaseFromEnv } from '../../adapters/stores-from-env.ts';
import { stressDatabase } from '../../database/stress.ts';
import { defineFunction } from '../../runtime/define-function.ts';
import { readEnv } from '../../runtime/read-env.ts';

const NAME = 'stress-database';
const RESUME_WAIT_MS = 60_000;

/** The fault of a slow query, and its undoing. */
export const handler = defineFunction(
  {
    name: NAME,
    compose: (runtime) => ({
      database: databaseFromEnv(runtime, { name: NAME, resumeWaitMs: RESUME_WAIT_MS, canHoldConnections: false }),
      stage: readEnv({ STAGE: z.string() }).STAGE,
    }),
    handle: stressDatabase,
  },
  lambdaSurroundings,
);
