import { gzipSync } from 'node:zlib';
import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { InvokeCommand, LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { AuditAnswer, type AuditQuery } from '@lamplighter/contracts';
import type { LogBatch } from '@lamplighter/lambda-logs';
import { type Sandbox, type Stack, startTestSandbox } from '@lamplighter/sandbox';
import { canonicalJson } from '../src/domain/canonical-json.ts';
import { type DeployedDoor, packagedStacks, STAGE_OF } from './packaged-stacks.ts';

export interface PipelineOptions {
  readonly doors: readonly DeployedDoor[];
  /** Where the clock stands, epoch milliseconds. */
  readonly startMs: number;
  readonly region?: string;
  /** Parameters of the ingestion stack beside its door. */
  readonly params?: Readonly<Record<string, string>>;
  /** What is in the account before Lamplighter comes. */
  readonly before?: (sandbox: Sandbox) => Promise<unknown>;
}

/** A little more than the batching window of the stream's mapping, and than the first back-off of a throttled event, in milliseconds. */
const WINDOW_MS = 1_100;
/** Enough for deliveries to overlap; each further environment costs a cold start. */
const CONCURRENCY = 2;

/** Backbone and ingestion as packaged, deployed in a sandbox whose clock stands until it is moved. */
export async function startPipeline({ doors, startMs, region = 'us-east-1', params, before }: PipelineOptions) {
  const { sandbox, clock, stop } = await startTestSandbox({ startMs, region });
  await before?.(sandbox);
  const stacks = new Map<DeployedDoor, Stack>();
  for (const door of doors) {
    const { backbone, ingestion } = await packagedStacks(door, region, params);
    await sandbox.deploy(backbone.directory);
    stacks.set(door, await sandbox.deploy(ingestion.directory));
    const FunctionName = `lamplighter-ingestion-${STAGE_OF[door]}-ingest-${door}`;
    const limit = { FunctionName, ReservedConcurrentExecutions: CONCURRENCY };
    await sandbox.client(LambdaClient).send(new PutFunctionConcurrencyCommand(limit));
  }
  const stack = (door: DeployedDoor): Stack => stacks.get(door)!;
  /** Lets deliveries, batches and what they start come to their end. */
  const settle = async (ms = WINDOW_MS): Promise<void> => {
    await sandbox.idle();
    await clock.advance(ms);
    await sandbox.idle();
  };
  return {
    sandbox,
    clock,
    stop,
    stack,
    settle,
    /** Physical id of a resource of a door's stack. */
    idOf: (door: DeployedDoor, logicalId: string): string => stack(door).resources[logicalId]!.physicalId,
    /** Creates the groups of a history, and waits until they are subscribed. */
    async createLogGroups(logGroups: Iterable<string>): Promise<void> {
      for (const logGroup of new Set(logGroups)) sandbox.peers.logs.ensureLogGroup(logGroup);
      await sandbox.idle();
    },
    /** Writes log events as the watched functions would. */
    async write(history: readonly LogBatch[]): Promise<void> {
      for (const { logGroup, logStream, events, owner } of history)
        await sandbox.peers.logs.write(logGroup, logStream, events, owner);
      await settle();
    },
    /** Hands payloads to a door without waiting for it. */
    deliver: (door: DeployedDoor, payloads: readonly Uint8Array[]) => deliver(sandbox, door, payloads),
    ask: (door: DeployedDoor, query: AuditQuery) => ask(sandbox, door, query),
    items: (door: DeployedDoor, table: 'audit' | 'timeline' | 'ledger') =>
      itemsOf(sandbox, `lamplighter-${STAGE_OF[door]}-${table}`),
  };
}
export type Pipeline = Awaited<ReturnType<typeof startPipeline>>;

/** Rows as text, each with its keys in order, sorted: equal tables, equal text. */
export function asText(rows: readonly unknown[]): string {
  return rows
    .map((row) => canonicalJson(row))
    .sort()
    .join('\n');
}

/** A subscription payload as CloudWatch Logs sends it. */
export function payloadOf(batch: LogBatch): Buffer {
  const { events: logEvents, ...source } = batch;
  return gzipSync(JSON.stringify({ messageType: 'DATA_MESSAGE', ...source, logEvents }));
}

async function deliver(sandbox: Sandbox, door: DeployedDoor, payloads: readonly Uint8Array[]): Promise<void> {
  const stage = STAGE_OF[door];
  for (const payload of payloads) {
    if (door === 'stream') {
      const record = { StreamName: `lamplighter-${stage}-telemetry`, PartitionKey: 'stream', Data: payload };
      await sandbox.client(KinesisClient).send(new PutRecordCommand(record));
    } else {
      const Payload = JSON.stringify({ awslogs: { data: Buffer.from(payload).toString('base64') } });
      const FunctionName = `lamplighter-ingestion-${stage}-ingest-direct`;
      await sandbox.client(LambdaClient).send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }));
    }
  }
}

async function ask(sandbox: Sandbox, door: DeployedDoor, query: AuditQuery): Promise<AuditAnswer> {
  const { Payload, FunctionError } = await sandbox.client(LambdaClient).send(
    new InvokeCommand({
      FunctionName: `lamplighter-ingestion-${STAGE_OF[door]}-query-audit`,
      Payload: JSON.stringify(query),
    }),
  );
  const answer = Buffer.from(Payload!).toString();
  if (FunctionError) throw new Error(`query-audit failed: ${answer}`);
  return AuditAnswer.parse(JSON.parse(answer));
}

async function itemsOf(sandbox: Sandbox, TableName: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, AttributeValue>[] = [];
  const pages = paginateScan({ client: sandbox.client(DynamoDBClient) }, { TableName });
  for await (const page of pages) items.push(...(page.Items ?? []));
  return items.map((item) => unmarshall(item));
}
