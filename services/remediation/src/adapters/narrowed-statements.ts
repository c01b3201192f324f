import { RDSDataClient } from '@aws-sdk/client-rds-data';
import type { STSClient } from '@aws-sdk/client-sts';
import type { ClusterClients } from './context/read-cluster.ts';
import { narrowedSession } from './narrowed-session.ts';

/** The eyes of the service: a role that may read databases, taken for the one that a finding's function names, with the secret that it names. */
export function narrowedStatements(
  client: STSClient,
  { roleArn, region }: { readonly roleArn: string; readonly region: string },
): ClusterClients['statementsOf'] {
  return async ({ clusterArn, secretArn }) => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['rds-data:ExecuteStatement', 'rds-data:BeginTransaction', 'rds-data:RollbackTransaction'],
          Resource: clusterArn,
        },
        { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretArn },
      ],
    });
    const name = `plan-${clusterArn.split(':').at(-1)}`;
    return new RDSDataClient({ region, credentials: await narrowedSession(client, { roleArn, name, Policy }) });
  };
}
