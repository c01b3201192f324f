import { readEnv } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import type { SearchIndexPort } from '../ports.ts';
import { aossIndex } from './aoss-index.ts';

/** The collection that the environment names, with the keys that Lambda gave this environment for its life. */
export function aossFromEnv(timeoutMs: number): SearchIndexPort {
  const env = readEnv({
    SEARCH_ENDPOINT: z.url(),
    AWS_REGION: z.string(),
    AWS_ACCESS_KEY_ID: z.string(),
    AWS_SECRET_ACCESS_KEY: z.string(),
    AWS_SESSION_TOKEN: z.string(),
  });
  return aossIndex({
    endpoint: env.SEARCH_ENDPOINT,
    region: env.AWS_REGION,
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      sessionToken: env.AWS_SESSION_TOKEN,
    },
    timeoutMs,
  });
}
