import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
import { migrationFilesFromEnv, sectionCipherOf } from '../../adapters/migration/migration-from-env.ts';
import { storesFromEnv } from '../../adapters/stores-from-env.ts';
import { defineFunction } from '../../runtime/define-function.ts';
import { splitFiles } from './split-files.ts';

const NAME = 'migrate-split';

/** History files into sections by shard. */
export const handler = defineFunction(
  {
    name: NAME,
    compose: (runtime) => {
      const { keys } = storesFromEnv(runtime, { name: NAME, resumeWaitMs: 0 });
      return {
        files: migrationFilesFromEnv(runtime),
        cipherOf: (migrationId: string) => sectionCipherOf(migrationId, keys),
      };
    },
    handle: splitFiles,
  },
  lambdaSurroundings,
);
