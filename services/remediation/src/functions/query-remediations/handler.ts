import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { dynamoDbRemediations } from '../../adapters/dynamodb-remediations.ts';
import { executionArnOf, sfnExecutions } from '../../adapters/sfn-executions.ts';
import { ssmConfig } from '../../adapters/ssm-config.ts';
import { ssmKillSwitch } from '../../adapters/ssm-kill-switch.ts';
import { queryRemediations } from './query-remediations.ts';

/** Questions about repairs, decisions on them, and the kill switch, for the command line, the console, and whoever may invoke this function. */
export const handler = defineHandler({
  name: 'remediation/query-remediations',
  compose: () => {
    const env = readEnv({
      REMEDIATION_TABLE: z.string(),
      CONFIG_PARAMETER: z.string(),
      KILL_SWITCH_PARAMETER: z.string(),
      STATE_MACHINE: z.string(),
    });
    const ssm = new SSMClient({});
    return {
      remediations: dynamoDbRemediations(new DynamoDBClient({}), env.REMEDIATION_TABLE),
      config: ssmConfig(ssm, env.CONFIG_PARAMETER, systemClock),
      killSwitch: ssmKillSwitch(ssm, env.KILL_SWITCH_PARAMETER),
      continueExecution: sfnExecutions(new SFNClient({}), env.STATE_MACHINE).goOn,
      executionOf: (remediationId: string) => executionArnOf(env.STATE_MACHINE, remediationId),
      now: systemClock,
    };
  },
  handle: (question: unknown, deps) => queryRemediations(question, deps),
});
