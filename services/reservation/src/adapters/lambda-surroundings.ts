import { SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod';
import type { Surroundings } from '../runtime/define-function.ts';
import { readEnv } from '../runtime/read-env.ts';
import type { Log } from '../runtime/safe-log.ts';
import { ssmFaults } from './ssm-faults.ts';
import { xrayDaemon } from './xray-daemon.ts';

/** Traces go to the daemon beside the function, faults come from the stage's parameter. */
export function lambdaSurroundings(log: Log): Surroundings {
  const env = readEnv({
    STAGE: z.string(),
    FAULTS_PARAMETER: z.string(),
    AWS_XRAY_DAEMON_ADDRESS: z.string().optional(),
  });
  const faults = { parameter: env.FAULTS_PARAMETER, stage: env.STAGE, now: Date.now, log };
  return {
    sink: xrayDaemon(env.AWS_XRAY_DAEMON_ADDRESS),
    readFaults: ssmFaults({ ...faults, client: new SSMClient({}) }),
  };
}
