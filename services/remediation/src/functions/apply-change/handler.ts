import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { dynamoDbRemediations } from '../../adapters/dynamodb-remediations.ts';
import { narrowedResources } from '../../adapters/narrowed-resources.ts';
import { ssmKillSwitch } from '../../adapters/ssm-kill-switch.ts';
import { applyRepair, restoreRepair, snapshotRepair } from '../../steps/apply-repair.ts';

const STEPS = { snapshot: snapshotRepair, apply: applyRepair, restore: restoreRepair } as const;

/** The only function that touches the resources of others, in a session that may do what this repair needs, on its resource, and nothing else. */
export const handler = defineHandler({
  name: 'remediation/apply-change',
  compose: () => {
    const env = readEnv({
      AWS_REGION: z.string(),
      REMEDIATION_TABLE: z.string(),
      KILL_SWITCH_PARAMETER: z.string(),
      HANDS_ROLE: z.string(),
    });
    return {
      remediations: dynamoDbRemediations(new DynamoDBClient({}), env.REMEDIATION_TABLE),
      killSwitch: ssmKillSwitch(new SSMClient({}), env.KILL_SWITCH_PARAMETER),
      resources: narrowedResources(new STSClient({}), { roleArn: env.HANDS_ROLE, region: env.AWS_REGION }),
      now: systemClock,
    };
  },
  handle: ({ step, remediationId }: { step: keyof typeof STEPS; remediationId: string }, deps) =>
    STEPS[step](remediationId, deps),
});
