import { join } from 'node:path';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { type CaughtEvent, catchEvents, type Sandbox, startTestSandbox } from '@lamplighter/sandbox';
import { packageServices } from '@lamplighter/sandbox/packaging';
import { type DataApi, dataApi } from '../src/adapters/data-api.ts';

const SERVICE = join(import.meta.dirname, '..');
const STAGE = 'dev';
const REGION = 'us-east-1';
/** After the newest of the messages that the suites send. */
export const START_MS = Date.UTC(2027, 5, 1, 9);
/** A little more than the batching window of the stream's mapping. */
const WINDOW_MS = 1_100;

/** What a producer puts onto the stream. */
export interface StreamRecord {
  readonly partitionKey: string;
  readonly data: Uint8Array;
}

export interface ReservationOptions {
  /** What is in the account before the service comes. */
  readonly before?: (sandbox: Sandbox) => Promise<unknown>;
}

/** The packaged service in a sandbox whose clock stands until it is moved; the database has its schema. */
export async function startReservation({ before }: ReservationOptions = {}) {
  const [packaged] = await packageServices([{ serviceDir: SERVICE, stage: STAGE, region: REGION, params: {} }]);
  const started = await startTestSandbox({ startMs: START_MS, region: REGION, settings: { rds: { resumeMs: 0 } } });
  const { sandbox, clock, stop } = started;
  await before?.(sandbox);
  const stack = await sandbox.deploy(packaged!.directory);
  const caught = await catchEvents(sandbox, { bus: 'default' });
  const heard: CaughtEvent[] = [];
  /** What anybody has said on the account's bus so far. */
  const heardEvents = async (): Promise<readonly CaughtEvent[]> => {
    heard.push(...(await caught()));
    return heard;
  };
  const idOf = (logicalId: string): string => stack.resources[logicalId]!.physicalId;
  const attributeOf = (logicalId: string, name: string): string => String(stack.resources[logicalId]!.attributes[name]);

  const invoke = async (
    name: string,
    event: unknown,
  ): Promise<{ readonly failed: boolean; readonly answer: unknown }> => {
    const FunctionName = `reservation-${STAGE}-${name}`;
    const { Payload, FunctionError } = await sandbox
      .client(LambdaClient)
      .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
    return { failed: FunctionError !== undefined, answer: JSON.parse(Buffer.from(Payload!).toString() || 'null') };
  };
  const put = async (records: readonly StreamRecord[]): Promise<void> => {
    const kinesis = sandbox.client(KinesisClient);
    for (let from = 0; from < records.length; from += 100) {
      const Records = records
        .slice(from, from + 100)
        .map(({ partitionKey: PartitionKey, data: Data }) => ({ PartitionKey, Data }));
      await kinesis.send(new PutRecordsCommand({ StreamName: idOf('MessageStream'), Records }));
    }
  };
  /** Lets deliveries and what they start come to their end. */
  const settle = async (ms = WINDOW_MS): Promise<void> => {
    await sandbox.idle();
    await clock.advance(ms);
    await sandbox.idle();
  };
  const database: DataApi = dataApi({
    client: sandbox.client(RDSDataClient),
    resourceArn: attributeOf('Cluster', 'DBClusterArn'),
    secretArn: attributeOf('Cluster', 'MasterUserSecret.SecretArn'),
    database: 'reservation',
    call: (_, work) => work(),
    resumeWaitMs: 5_000,
  });
  const migrated = await invoke('migrate-database', {});
  if (migrated.failed) throw new Error(`migrate-database failed: ${JSON.stringify(migrated.answer)}`);
  return { sandbox, clock, stop, stack, heardEvents, idOf, attributeOf, invoke, put, settle, database };
}

export type DeployedReservation = Awaited<ReturnType<typeof startReservation>>;
