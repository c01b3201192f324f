import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type ItineraryItem, storedItinerary } from '../../src/adapters/dynamodb-itinerary-store.ts';
import type { HistoryFormat } from '../../src/domain/migration/history-format.ts';
import { migrationObjects } from '../../src/domain/migration/migration-objects.ts';
import type { Reconciliation } from '../../src/domain/migration/reconcile.ts';
import type { StoredItinerary } from '../../src/ports.ts';
import type { DeployedReservation } from '../deployed-reservation.ts';
import type { History } from './generate-history.ts';

export interface RehearsalOrder {
  readonly migrationId: string;
  readonly source: string;
  readonly table: string;
  readonly shards: number;
  readonly concurrency: number;
  readonly loadConcurrency: number;
  readonly filesPerBatch: number;
}

/** More than the longest wait or back-off of the machine, in milliseconds of the clock that stands otherwise. */
const STEP_MS = 61_000;
const POLL_MS = 50;
const PATIENCE = 20;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A migration in the sandbox: started, killed, started again. */
export function migrationRehearsal({ sandbox, clock, idOf, database }: DeployedReservation) {
  const s3 = sandbox.client(S3Client);
  const sfn = sandbox.client(SFNClient, { disableHostPrefix: true });
  const Bucket = idOf('MigrationBucket');
  const put = (Key: string, Body: Uint8Array | string) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  const describe = (executionArn: string) => sfn.send(new DescribeExecutionCommand({ executionArn }));
  const readText = async (Key: string): Promise<string> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return Body!.transformToString();
  };
  return {
    put,
    readText,
    /** Puts a history, its format and the warehouse's own count. */
    async upload(source: string, { files, truth }: History, format: HistoryFormat): Promise<void> {
      await put(`${source}format.json`, JSON.stringify(format));
      await put(`${source}control.json`, JSON.stringify(truth.control));
      for (const { name, body } of files) await put(`${source}${name}`, body);
    },
    async start(order: RehearsalOrder): Promise<string> {
      const input = JSON.stringify(order);
      const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn: idOf('Migration'), input }));
      return executionArn!;
    },
    /** Moves the clock until the execution is over, or `isEnough` says so. */
    async advance(
      executionArn: string,
      isEnough: () => Promise<boolean> | boolean = () => false,
    ): Promise<DescribeExecutionCommandOutput> {
      for (;;) {
        const described = await describe(executionArn);
        if (described.status === 'FAILED')
          throw new Error(`The migration failed: ${described.error} ${described.cause}`);
        if (described.status !== 'RUNNING' || (await isEnough())) return described;
        const isIdle = await Promise.race([
          sandbox.idle().then(
            () => true,
            () => false,
          ),
          sleep(POLL_MS).then(() => false),
        ]);
        // Whatever works is not hurried: functions would time out. What waits for the clock is helped on.
        if (isIdle && (await describe(executionArn)).status === 'RUNNING')
          await clock.advance(STEP_MS, { whileBusy: true });
      }
    },
    /** Stops an execution as an operator would. */
    stop: (executionArn: string) => sfn.send(new StopExecutionCommand({ executionArn })),
    /** Waits for what is under way, also where a busy machine lets it make no progress for longer than `idle` has patience. */
    async settle(): Promise<void> {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await sandbox.idle();
        } catch (error) {
          if (attempt === PATIENCE) throw error;
        }
      }
    },
    /** How many objects a migration has under one of its folders. */
    async count(prefix: string): Promise<number> {
      return (await s3.send(new ListObjectsV2Command({ Bucket, Prefix: prefix }))).KeyCount ?? 0;
    },
    report: async (migrationId: string): Promise<Reconciliation> =>
      JSON.parse(await readText(migrationObjects(migrationId).report)) as Reconciliation,
    /** All itineraries of a table. */
    async itineraries(TableName: string): Promise<StoredItinerary[]> {
      const found: StoredItinerary[] = [];
      for await (const { Items = [] } of paginateScan({ client: sandbox.client(DynamoDBClient) }, { TableName }))
        for (const item of Items) found.push(storedItinerary(unmarshall(item) as ItineraryItem));
      return found;
    },
    /** All rows of the relational itinerary, in order. */
    async rows() {
      const rows = [];
      const page = `SELECT confirmation, revision, is_cancelled, total_after_tax::text AS amount, currency, property, to_char(arrival, 'YYYY-MM-DD') AS arrival
        FROM itinerary WHERE confirmation > :after ORDER BY confirmation LIMIT 2000`;
      for (let after = ''; ; ) {
        const some = await database.run('all itineraries', page, { after });
        if (some.length === 0) return rows;
        rows.push(...some);
        after = String(some.at(-1)!.confirmation);
      }
    },
  };
}

export type MigrationRehearsal = ReturnType<typeof migrationRehearsal>;
