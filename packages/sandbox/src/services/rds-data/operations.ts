import type { RestJsonInput, RestJsonOperation } from '../../core/protocols/rest-json-protocol.ts';
import { ApiError, type RequiredPermission, type ServiceContext } from '../../core/service.ts';
import { type Connection, type DataApiCluster, DatabaseError } from '../rds/data-api-cluster.ts';
import { badRequest, databaseException, forbidden } from './data-error.ts';
import { readSecret } from './read-secret.ts';
import { runStatement, type StatementInput, statementAnswer, withinTime } from './statement.ts';
import type { Transactions } from './transactions.ts';
import type { SqlParameter } from './values/parameter-values.ts';

interface CallInput extends StatementInput {
  readonly resourceArn?: string;
  readonly secretArn?: string;
  readonly database?: string;
  readonly schema?: string;
  readonly transactionId?: string;
  readonly parameterSets?: readonly (readonly SqlParameter[])[];
  readonly continueAfterTimeout?: boolean;
}

/** The RDS Data API. Source: RDS Data API Reference. */
export function dataApiOperations(
  transactions: Transactions,
  context: ServiceContext,
): Readonly<Record<string, RestJsonOperation>> {
  const operation = (
    name: string,
    route: string,
    carryOut: (call: CallInput, cluster: DataApiCluster) => Promise<unknown>,
  ): RestJsonOperation => ({
    method: 'POST',
    route,
    permissions: ({ body }) => permissionsFor(name, body as CallInput, context),
    handle: ({ body }: RestJsonInput) => guarded(body as CallInput, context, carryOut),
  });

  /** In the call's transaction, or on a connection of its own that is given back. */
  const onConnection = async <T>(
    call: CallInput,
    cluster: DataApiCluster,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> => {
    const { transactionId } = call;
    if (transactionId !== undefined)
      return withinTime(cluster, () => work(transactions.use(transactionId, cluster.arn).connection));
    return withinTime(cluster, async (patience) => {
      const connection = await cluster.connect(readSecret(call.secretArn, context), patience);
      try {
        return await work(connection);
      } finally {
        await connection.release();
      }
    });
  };

  return {
    ExecuteStatement: operation('ExecuteStatement', '/Execute', (call, cluster) =>
      onConnection(call, cluster, async (connection) =>
        statementAnswer(await runStatement(connection, call.sql, call.parameters ?? []), call),
      ),
    ),
    BatchExecuteStatement: operation('BatchExecuteStatement', '/BatchExecute', (call, cluster) =>
      onConnection(call, cluster, async (connection) => {
        const isAlone = call.transactionId === undefined;
        const sets = call.parameterSets ?? [[]];
        return isAlone
          ? allOrNothing(connection, () => runSets(connection, call, sets))
          : runSets(connection, call, sets);
      }),
    ),
    BeginTransaction: operation('BeginTransaction', '/BeginTransaction', (call, cluster) =>
      withinTime(cluster, async (patience) => {
        const connection = await cluster.connect(readSecret(call.secretArn, context), patience);
        if (!patience.aborted) return { transactionId: (await transactions.begin(cluster.arn, connection)).id };
        await connection.release();
        throw patience.reason;
      }),
    ),
    CommitTransaction: operation('CommitTransaction', '/CommitTransaction', async (call, cluster) => {
      await transactions.commit(transactions.use(call.transactionId ?? '', cluster.arn));
      return { transactionStatus: 'Transaction Committed' };
    }),
    RollbackTransaction: operation('RollbackTransaction', '/RollbackTransaction', async (call, cluster) => {
      await transactions.rollback(transactions.use(call.transactionId ?? '', cluster.arn));
      return { transactionStatus: 'Rollback Complete' };
    }),
  };
}

async function runSets(connection: Connection, { sql }: CallInput, sets: readonly (readonly SqlParameter[])[]) {
  for (const parameters of sets) await runStatement(connection, sql, parameters);
  return { updateResults: sets.map(() => ({ generatedFields: [] })) };
}

/** A batch without a transaction of the caller's has one of its own. */
async function allOrNothing<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  await connection.run('begin');
  try {
    const outcome = await work();
    await connection.run('commit');
    return outcome;
  } catch (error) {
    await connection.run('rollback');
    throw error;
  }
}

/** The Data API reads the secret as its caller, who needs leave for that, too. */
function permissionsFor(name: string, call: CallInput, { peers }: ServiceContext): readonly RequiredPermission[] {
  if (!call.resourceArn) throw badRequest('Database endpoint is empty');
  if (!call.secretArn) throw badRequest('Secret ARN is empty');
  return [
    { action: `rds-data:${name}`, resource: call.resourceArn },
    { action: 'secretsmanager:GetSecretValue', resource: peers.secretsManager.arnOf(call.secretArn) },
  ];
}

async function guarded(
  call: CallInput,
  context: ServiceContext,
  carryOut: (call: CallInput, cluster: DataApiCluster) => Promise<unknown>,
): Promise<unknown> {
  const cluster = clusterOf(call, context);
  if (!cluster.hasHttpEndpoint) throw notEnabled(cluster.arn);
  if (call.schema !== undefined) throw badRequest('Schema parameter is not supported for aurora-postgresql.');
  try {
    if (call.database !== undefined && !cluster.databases.includes(call.database))
      throw new DatabaseError({
        severity: 'FATAL',
        message: `database "${call.database}" does not exist`,
        code: '3D000',
      });
    await cluster.wake();
    return await carryOut(call, cluster);
  } catch (error) {
    throw error instanceof DatabaseError ? databaseException(error) : error;
  }
}

function clusterOf({ resourceArn = '' }: CallInput, { peers, region, accountId }: ServiceContext): DataApiCluster {
  if (!resourceArn.startsWith(`arn:aws:rds:${region}:${accountId}:cluster:`))
    throw forbidden(`The resource ${resourceArn} is not a cluster of this account and Region.`);
  try {
    return peers.rds.cluster(resourceArn);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'DBClusterNotFoundFault') throw notEnabled(resourceArn);
    throw error;
  }
}

/** What the Data API says of a cluster without an HTTP endpoint, and of none at all. */
const notEnabled = (arn: string): ApiError =>
  new ApiError('HttpEndpointNotEnabledException', `HttpEndpoint is not enabled for resource ${arn}`);
