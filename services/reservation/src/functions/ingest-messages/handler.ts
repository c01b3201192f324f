import { ingestDepsFromEnv } from '../../adapters/ingest-deps-from-env.ts';
import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
import { defineFunction } from '../../runtime/define-function.ts';
import { ingestRecords } from './ingest-records.ts';

const NAME = 'ingest-messages';

/** Messages of the stream into itineraries. */
export const handler = defineFunction(
  {
    name: NAME,
    compose: (runtime) => ({ ...ingestDepsFromEnv(runtime, NAME), log: runtime.log, faults: runtime.faults }),
    handle: ingestRecords,
  },
  lambdaSurroundings,
);
