import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { RDSClient } from '@aws-sdk/client-rds';
import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Change } from '@lamplighter/remedies';
import type { Snapshot } from '../../domain/stored-remediation.ts';
import type { Moments, ResourcePort } from '../../ports.ts';
import { apiCache } from './api-cache.ts';
import { apiThrottle } from './api-throttle.ts';
import { auroraCapacity } from './aurora-capacity.ts';
import { auroraIndex } from './aurora-index.ts';
import { cacheLimits } from './cache-limits.ts';
import { dynamoDbCapacity, dynamoDbWarm } from './dynamodb-capacity.ts';
import { eventSourceMapping } from './event-source-mapping.ts';
import { kinesisCapacity } from './kinesis-capacity.ts';
import { lambdaAlias } from './lambda-alias.ts';
import { lambdaConfiguration } from './lambda-configuration.ts';
import { lambdaProvisioned } from './lambda-provisioned.ts';
import { lambdaRelease } from './lambda-release.ts';
import { lambdaReserved } from './lambda-reserved.ts';
import { lambdaSchedule } from './lambda-schedule.ts';
import { lambdaWarm } from './lambda-warm.ts';
import { queueRedrive } from './queue-redrive.ts';

/** How one kind of change reads what is, and makes what shall be. */
export interface ChangeHands<C extends Change> {
  /** What makes the resource again what it is now. */
  read(change: C): Promise<Snapshot['restore']>;
  /** Safe to repeat. `since`: when the snapshot was taken, epoch milliseconds; what was begun after it was begun by this very repair. */
  write(change: C, since: number): Promise<void>;
  /** Makes the resource what `restore` says as far as the change still stands; sentences about what was left to whoever changed it since. Absent: `restore` is written. Safe to repeat. */
  undo?(change: C, restore: C, moments: Moments): Promise<readonly string[]>;
}

type AnyHands = { readonly [K in Change['kind']]: ChangeHands<Extract<Change, { kind: K }>> };

/** Reads and writes resources with the given credentials, by the kind of the change. */
export function resourcesOf(config: LambdaClientConfig): ResourcePort {
  const lambda = new LambdaClient(config);
  const dynamoDb = new DynamoDBClient(config);
  const rest = new APIGatewayClient(config);
  const hands: AnyHands = {
    'lambda-configuration': lambdaConfiguration(lambda),
    'lambda-release': lambdaRelease(lambda),
    'lambda-reserved-concurrency': lambdaReserved(lambda),
    'lambda-provisioned-concurrency': lambdaProvisioned(lambda),
    'lambda-provisioned-schedule': lambdaSchedule(new ApplicationAutoScalingClient(config), lambda),
    'lambda-alias': lambdaAlias(lambda),
    'lambda-warm': lambdaWarm(lambda),
    'event-source-mapping': eventSourceMapping(lambda),
    'queue-redrive': queueRedrive(new SQSClient(config)),
    'kinesis-capacity': kinesisCapacity(new KinesisClient(config)),
    'dynamodb-capacity': dynamoDbCapacity(dynamoDb),
    'dynamodb-warm': dynamoDbWarm(dynamoDb),
    'cache-limits': cacheLimits(new ElastiCacheClient(config)),
    'aurora-capacity': auroraCapacity(new RDSClient(config)),
    'aurora-index': auroraIndex(new RDSDataClient(config)),
    'api-throttle': apiThrottle({ http: new ApiGatewayV2Client(config), rest }),
    'api-cache': apiCache(rest),
  };
  const handsOf = (change: Change) => hands[change.kind] as ChangeHands<Change>;
  return {
    snapshot: async (change, now) => ({ takenAt: now, restore: await handsOf(change).read(change) }),
    apply: (change, since) => handsOf(change).write(change, since),
    async undo(change, restore, moments) {
      const its = handsOf(restore);
      if (its.undo !== undefined) return its.undo(change, restore, moments);
      await its.write(restore, moments.takenAt);
      return [];
    },
  };
}
