import { type ApiGatewayV2Client, GetApisCommand, GetStagesCommand } from '@aws-sdk/client-apigatewayv2';
import { DescribeTableCommand, type DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { DescribeStreamSummaryCommand, type KinesisClient, paginateListStreams } from '@aws-sdk/client-kinesis';
import { paginateDescribeDBClusters, type RDSClient } from '@aws-sdk/client-rds';
import { CAPACITY, type Capacity } from '@lamplighter/prediction';
import { type CapacityFailure, type CapacityPort, NOT_ALL_WATCHED } from '../ports.ts';

export interface CapacityClients {
  readonly kinesis: KinesisClient;
  readonly dynamoDb: DynamoDBClient;
  readonly rds: RDSClient;
  readonly apis: ApiGatewayV2Client;
}

/** Of each kind so many are watched: each figure costs. */
const MOST_OF_A_KIND = 50;
/** The account's requests are the sum of a metric of each API, and each is billed: $3.60 a month of so many. */
const MOST_SUMMED = 100;

/** The first ones of a kind; that there are more is told as a failure, and is none. */
type TheFirst = <One>(kind: string, all: readonly One[], most?: number) => readonly One[];

/** Does a part of the work; where it fails, notes what it was, and goes on without. */
type Attempt = (
  what: string,
  unseen: NonNullable<CapacityFailure['unseen']>,
  work: () => Promise<Capacity[]>,
) => Promise<Capacity[]>;

/** Streams, tables, Serverless v2 clusters and HTTP APIs of our own account and region. What cannot be listed or described holds no other up. */
export function awsCapacities(clients: CapacityClients): CapacityPort {
  return async () => {
    const failed: CapacityFailure[] = [];
    const attempt: Attempt = (what, unseen, work) =>
      work().catch((error: Error) => {
        failed.push({ what, error, unseen });
        return [];
      });
    const theFirst: TheFirst = (kind, all, most = MOST_OF_A_KIND) => {
      if (all.length > most) failed.push({ what: kind, error: notAllWatched(kind, all.length, most) });
      return all.slice(0, most);
    };
    const found = await Promise.all([
      attempt('streams', { kind: 'stream' }, () => streams(clients.kinesis, attempt, theFirst)),
      attempt('tables', { kind: 'table' }, () => tables(clients.dynamoDb, attempt, theFirst)),
      attempt('clusters', { kind: 'cluster' }, () => clusters(clients.rds, theFirst)),
      attempt('apis', { kind: 'api' }, () => apis(clients.apis, attempt, theFirst)),
    ]);
    return { found: found.flat(), failed };
  };
}

const notAllWatched = (kind: string, count: number, most: number): Error =>
  Object.assign(new Error(`Of ${count} ${kind} the first ${most} are watched.`), { name: NOT_ALL_WATCHED });

async function streams(client: KinesisClient, attempt: Attempt, theFirst: TheFirst): Promise<Capacity[]> {
  const names: string[] = [];
  for await (const { StreamNames = [] } of paginateListStreams({ client }, {})) names.push(...StreamNames);
  const described = theFirst('streams', names).map((name) =>
    attempt(`stream ${name}`, { kind: 'stream', name }, async () => [await stream(client, name)]),
  );
  return (await Promise.all(described)).flat();
}

async function stream(client: KinesisClient, name: string): Promise<Capacity> {
  const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName: name }));
  const isOnDemand = StreamDescriptionSummary?.StreamModeDetails?.StreamMode === 'ON_DEMAND';
  return { kind: 'stream', name, isOnDemand, shards: StreamDescriptionSummary?.OpenShardCount ?? 0 };
}

async function tables(client: DynamoDBClient, attempt: Attempt, theFirst: TheFirst): Promise<Capacity[]> {
  const names: string[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) names.push(...TableNames);
  const described = theFirst('tables', names).map((name) =>
    attempt(`table ${name}`, { kind: 'table', name }, async () => [await table(client, name)]),
  );
  return (await Promise.all(described)).flat();
}

async function table(client: DynamoDBClient, name: string): Promise<Capacity> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  const isOnDemand = Table?.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST';
  const { ProvisionedThroughput: provisioned, OnDemandThroughput: most, WarmThroughput: warm } = Table ?? {};
  return {
    kind: 'table',
    name,
    isOnDemand,
    writeUnits: isOnDemand
      ? ownOrQuota(most?.MaxWriteRequestUnits, warm?.WriteUnitsPerSecond)
      : (provisioned?.WriteCapacityUnits ?? 0),
    readUnits: isOnDemand
      ? ownOrQuota(most?.MaxReadRequestUnits, warm?.ReadUnitsPerSecond)
      : (provisioned?.ReadCapacityUnits ?? 0),
  };
}

/**
 * -1 stands for no maximum of its own (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_OnDemandThroughput.html): then it is the quota, which
 * was raised where the table takes more than its default already.
 */
const ownOrQuota = (most = -1, warm = 0): number => (most > 0 ? most : Math.max(warm, CAPACITY.tableUnitsPerSecond));

async function clusters(client: RDSClient, theFirst: TheFirst): Promise<Capacity[]> {
  const found: Capacity[] = [];
  for await (const { DBClusters = [] } of paginateDescribeDBClusters({ client }, {}))
    for (const { DBClusterIdentifier: name, Engine, ServerlessV2ScalingConfiguration: range } of DBClusters)
      if (name !== undefined && range !== undefined)
        found.push({
          kind: 'cluster',
          name,
          isPostgres: Engine === 'aurora-postgresql',
          minAcu: range.MinCapacity ?? 0,
          maxAcu: range.MaxCapacity ?? 0,
        });
  return [...theFirst('clusters', found)];
}

/** The stages of each, and all of them together, which share what the account may take. */
async function apis(client: ApiGatewayV2Client, attempt: Attempt, theFirst: TheFirst): Promise<Capacity[]> {
  const found: { readonly apiId: string; readonly name: string }[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new GetApisCommand(NextToken === undefined ? {} : { NextToken }));
    for (const { ApiId: apiId, Name, ProtocolType } of page.Items ?? [])
      if (apiId !== undefined && ProtocolType === 'HTTP') found.push({ apiId, name: Name ?? apiId });
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  if (found.length === 0) return [];
  const staged: Capacity[] = [];
  for (const { apiId, name } of theFirst('apis', found))
    staged.push(...(await attempt(`api ${name}`, { kind: 'api' }, () => stagesOf(client, apiId, name))));
  const summed = theFirst('apis to be summed', found, MOST_SUMMED);
  return [...staged, { kind: 'apis', apiIds: summed.map(({ apiId }) => apiId) }];
}

async function stagesOf(client: ApiGatewayV2Client, ApiId: string, apiName: string): Promise<Capacity[]> {
  const { Items = [] } = await client.send(new GetStagesCommand({ ApiId }));
  return Items.map(({ StageName: stage = '$default', DefaultRouteSettings }) => {
    const rateLimit = DefaultRouteSettings?.ThrottlingRateLimit;
    const name = Items.length > 1 ? `${apiName}/${stage}` : apiName;
    return { kind: 'api', name, apiId: ApiId, stage, ...(rateLimit !== undefined && rateLimit > 0 && { rateLimit }) };
  });
}
