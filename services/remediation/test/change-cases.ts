import { type Change, playbookNamed, RELEASE_PERMISSIONS } from '@lamplighter/remedies';
import type { ChangeableResources } from './changeable-resources.ts';

/** A change, and what is read of its resource once it is made: the change itself, or nothing where nothing is to be gone back to. */
export interface ChangeCase {
  readonly change: Change;
  readonly playbook: string;
  readonly isReadBack: boolean;
  /** What is read once it is made, where that says more than the change. */
  readonly made?: Change;
  /** What is said once it is made, where then nothing is left to be changed. */
  readonly refusedOnceMade?: string;
  /** Actions that it takes beside those of its playbook. */
  readonly beside?: readonly string[];
}

/** What a repair by this case may do. */
export const permissionsOf = ({ playbook, beside = [] }: ChangeCase): readonly string[] => [
  ...playbookNamed(playbook)!.permissions,
  ...beside,
];

type Kind = Change['kind'];

/** Every kind of change, each by a playbook that proposes it: a kind without a case does not compile. */
export function changeCases(at: ChangeableResources): Readonly<Record<Kind, ChangeCase>> {
  const functionName = 'rooms';
  const readBack = (playbook: string, change: Change): ChangeCase => ({ playbook, change, isReadBack: true });
  const done = (playbook: string, change: Change): ChangeCase => ({ playbook, change, isReadBack: false });
  const shifted = { version: '2', weights: { '1': 0.25 } };
  const release: Change = {
    kind: 'lambda-release',
    functionName: 'lobby',
    alias: 'live',
    fingerprint: at.lobbyRelease,
    memorySizeMb: 384,
    timeoutS: 6,
    from: { memorySizeMb: 256, timeoutS: 3 },
  };
  const made: Change = { ...release, from: { memorySizeMb: 384, timeoutS: 6 }, to: { version: '2', weights: {} } };
  return {
    'lambda-configuration': readBack('lambda-memory', {
      kind: 'lambda-configuration',
      functionName,
      memorySizeMb: 384,
      timeoutS: 6,
      tracing: 'Active',
      applicationLogLevel: 'DEBUG',
    }),
    'lambda-release': { ...readBack('lambda-memory', release), made, beside: RELEASE_PERMISSIONS },
    'lambda-reserved-concurrency': readBack('reserved-concurrency', {
      kind: 'lambda-reserved-concurrency',
      functionName,
      concurrency: 5,
    }),
    'lambda-provisioned-concurrency': readBack('provisioned-concurrency', {
      kind: 'lambda-provisioned-concurrency',
      functionName,
      qualifier: 'live',
      concurrency: 2,
    }),
    'lambda-provisioned-schedule': readBack('provisioned-schedule', {
      kind: 'lambda-provisioned-schedule',
      functionName,
      qualifier: 'live',
      range: { min: 0, max: 2 },
      actions: [
        { name: 'lamplighter-up', at: { schedule: 'cron(30 7 * * ? *)', min: 2, max: 2 } },
        { name: 'lamplighter-down', at: { schedule: 'cron(0 10 * * ? *)', min: 0, max: 0 } },
      ],
    }),
    'lambda-alias': {
      ...readBack('alias-rollback', { kind: 'lambda-alias', functionName, alias: 'live', ...shifted }),
      made: { kind: 'lambda-alias', functionName, alias: 'live', ...shifted, from: shifted, isUndoing: true },
    },
    'lambda-warm': done('pre-warm', { kind: 'lambda-warm', functionName, qualifier: 'live', environments: 2 }),
    'event-source-mapping': readBack('mapping-batch', {
      kind: 'event-source-mapping',
      uuid: at.mapping,
      functionName,
      batchSize: 10,
      parallelizationFactor: 4,
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 5,
      enabled: false,
    }),
    'queue-redrive': done('dead-letter-redrive', {
      kind: 'queue-redrive',
      deadLetterQueueArn: at.dead,
      sourceQueueArn: at.jobs,
      perSecond: 1,
    }),
    'kinesis-capacity': readBack('kinesis-capacity', { kind: 'kinesis-capacity', streamName: 'bookings', shards: 2 }),
    'dynamodb-capacity': readBack('dynamodb-capacity', {
      kind: 'dynamodb-capacity',
      tableName: 'guests',
      billing: 'on-demand',
    }),
    'dynamodb-warm': done('dynamodb-warm', {
      kind: 'dynamodb-warm',
      tableName: 'offers',
      readUnitsPerSecond: 20_000,
      writeUnitsPerSecond: 9_000,
    }),
    'aurora-capacity': readBack('aurora-capacity', {
      kind: 'aurora-capacity',
      clusterId: 'hotel',
      minAcu: 1,
      maxAcu: 8,
    }),
    'aurora-index': {
      ...done('missing-index', {
        kind: 'aurora-index',
        clusterArn: at.clusterArn,
        secretArn: at.secretArn,
        database: 'hotel',
        table: 'payment',
        columns: ['card_token'],
        indexName: 'payment_card_token_idx',
      }),
      refusedOnceMade: 'is there already',
    },
    'cache-limits': readBack('cache-limits', {
      kind: 'cache-limits',
      cacheName: 'rates',
      maxStorageGb: 4,
      maxEcpuPerSecond: 10_000,
    }),
    'api-throttle': readBack('api-throttle', {
      kind: 'api-throttle',
      protocol: 'HTTP',
      apiId: at.httpApi,
      stage: '$default',
      rateLimit: 4,
      burstLimit: 8,
    }),
    'api-cache': readBack('api-cache', {
      kind: 'api-cache',
      apiId: at.restApi,
      stage: 'live',
      clusterEnabled: true,
      clusterSizeGb: '0.5',
      cachingEnabled: true,
      ttlS: 60,
    }),
  };
}
