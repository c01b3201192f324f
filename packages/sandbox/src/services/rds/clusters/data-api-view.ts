import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { Credentials, DataApiCluster } from '../data-api-cluster.ts';
import { fatal } from '../engine/database-error.ts';
import type { Engine } from '../engine/engine.ts';
import { fitsVerifier } from '../engine/scram.ts';
import { type Cluster, endpointOf } from './cluster.ts';

const STATEMENT_TIMEOUT_MS = 45_000;

/** A cluster as the Data API sees it. */
export function dataApiView(cluster: Cluster, context: ServiceContext): DataApiCluster {
  const { id, arn, port, databaseName, connections } = cluster;
  return {
    arn,
    connection: {
      engine: 'postgres',
      host: endpointOf(cluster, context.region),
      port,
      ...(databaseName === undefined ? {} : { dbname: databaseName }),
      dbClusterIdentifier: id,
    },
    hasHttpEndpoint: cluster.settings.hasHttpEndpoint,
    databases: ['postgres', ...(databaseName === undefined ? [] : [databaseName])],
    statementTimeoutMs: context.settings?.rds?.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS,
    async wake() {
      const writer = cluster.instances[0];
      if (!writer)
        throw new ApiError(
          'DatabaseUnavailableException',
          'The writer instance in the DB cluster is not available.',
          504,
        );
      cluster.autoPause.use(writer.arn);
      await connections.start();
    },
    connect: ({ username, password }, patience) =>
      connections.connect({
        user: username,
        patience,
        admit: async (master) => {
          const isRight =
            username === cluster.masterUsername
              ? password === masterPassword(cluster, context)
              : fitsVerifier(password, await verifierOf(await master(), username));
          // The master user is known to RDS, every other to the database.
          if (!isRight) throw fatal('28P01', `password authentication failed for user "${username}"`);
        },
      }),
  };
}

function masterPassword(
  { masterSecret, masterPassword: given }: Cluster,
  { peers }: ServiceContext,
): string | undefined {
  if (!masterSecret) return given;
  return (JSON.parse(peers.secretsManager.value(masterSecret.arn).text) as Credentials).password;
}

/** What the database keeps of a user's password; nothing where it knows no such user, or one who may not log in. */
async function verifierOf(engine: Engine, username: string): Promise<string | null> {
  const { rows } = await engine.query(
    'select rolpassword from pg_catalog.pg_authid where rolname = $1 and rolcanlogin',
    [{ typeId: 25, value: username }],
  );
  return rows[0]?.[0] ?? null;
}
