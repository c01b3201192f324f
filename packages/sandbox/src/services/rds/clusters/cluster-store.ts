import { randomBytes } from 'node:crypto';
import type { ServiceContext } from '../../../core/service.ts';
import { Connections, quoted } from '../engine/connections.ts';
import { startEngine } from '../engine/engine.ts';
import { clusterExists, clusterNotFound, instanceNotFound, invalidState } from '../rds-error.ts';
import { AutoPause } from './auto-pause.ts';
import { Capacity } from './capacity.ts';
import type { Cluster, ClusterSettings, DbInstance } from './cluster.ts';
import { startMetrics } from './cluster-metrics.ts';
import type { ParameterGroups } from './parameter-groups.ts';

type Derived = 'arn' | 'resourceId' | 'createdAt' | 'instances' | 'connections' | 'autoPause' | 'capacity';
export type NewCluster = Omit<Cluster, Derived>;
export type NewInstance = Omit<DbInstance, 'arn' | 'resourceId' | 'createdAt'>;

/** About 15 s, from the Aurora User Guide's page on auto-pause. */
const RESUME_MS = 15_000;

/** The account's clusters and their instances. */
export class ClusterStore {
  readonly #context: ServiceContext;
  readonly #groups: ParameterGroups;
  readonly #clusters = new Map<string, Cluster>();
  readonly #ends = new Map<string, () => void>();

  constructor(context: ServiceContext, groups: ParameterGroups) {
    this.#context = context;
    this.#groups = groups;
  }

  /** The database itself starts on its first use. */
  add(made: NewCluster): Cluster {
    if (this.#clusters.has(made.id)) throw clusterExists();
    const { settings } = made;
    const connections = new Connections({
      masterUser: made.masterUsername,
      start: () => startDatabase(made.masterUsername),
      maxConnections: () => this.#groups.maxConnections(settings.parameterGroup) ?? defaultMaxConnections(settings),
    });
    const cluster: Cluster = {
      ...made,
      arn: this.#arn('cluster', made.id),
      resourceId: `cluster-${randomId()}`,
      createdAt: this.#context.clock.now(),
      instances: [],
      connections,
      capacity: new Capacity(),
      autoPause: new AutoPause({
        clock: this.#context.clock,
        idleSeconds: () => settings.scaling.secondsUntilAutoPause,
        openConnections: () => connections.open,
        resumeMs: this.#context.settings?.rds?.resumeMs ?? RESUME_MS,
      }),
    };
    this.#clusters.set(made.id, cluster);
    this.#ends.set(made.id, startMetrics(cluster, this.#context));
    return cluster;
  }

  addInstance(cluster: Cluster, made: NewInstance): DbInstance {
    const instance = {
      ...made,
      arn: this.#arn('db', made.id),
      resourceId: `db-${randomId()}`,
      createdAt: this.#context.clock.now(),
    };
    cluster.instances.push(instance);
    return instance;
  }

  /** By identifier or ARN; throws `DBClusterNotFoundFault`. */
  get(idOrArn: string): Cluster {
    const cluster = this.#clusters.get(idOrArn) ?? this.all().find(({ arn }) => arn === idOrArn);
    if (!cluster) throw clusterNotFound(idOrArn);
    return cluster;
  }

  all(): readonly Cluster[] {
    return [...this.#clusters.values()];
  }

  /** Throws `DBInstanceNotFound`. */
  instance(idOrArn: string): { readonly cluster: Cluster; readonly instance: DbInstance } {
    for (const cluster of this.#clusters.values()) {
      const instance = cluster.instances.find(({ id, arn }) => id === idOrArn || arn === idOrArn);
      if (instance) return { cluster, instance };
    }
    throw instanceNotFound(idOrArn);
  }

  removeInstance(id: string): void {
    const { cluster, instance } = this.instance(id);
    cluster.instances.splice(cluster.instances.indexOf(instance), 1);
  }

  async remove(id: string): Promise<void> {
    const cluster = this.get(id);
    if (cluster.settings.isDeletionProtected)
      throw invalidState('Cannot delete protected Cluster, please disable deletion protection and try again.');
    this.#clusters.delete(cluster.id);
    await this.#end(cluster);
  }

  async stop(): Promise<void> {
    await Promise.all(this.all().map((cluster) => this.#end(cluster)));
  }

  arnOf(kind: string, id: string): string {
    return id.startsWith('arn:') ? id : this.#arn(kind, id);
  }

  async #end(cluster: Cluster): Promise<void> {
    this.#ends.get(cluster.id)?.();
    await cluster.connections.stop();
  }

  #arn(kind: string, id: string): string {
    return `arn:aws:rds:${this.#context.region}:${this.#context.accountId}:${kind}:${id}`;
  }
}

/** An empty database with the cluster's master user, who may do everything. */
async function startDatabase(masterUsername: string) {
  const engine = await startEngine();
  await engine.script(`create role ${quoted(masterUsername)} superuser login in role rds_superuser`);
  return engine;
}

/** What Aurora sets for a maximum capacity, or 2,000 where the cluster may shrink below one unit. Source: Aurora User Guide, "Maximum connections for Aurora Serverless v2". */
function defaultMaxConnections({ scaling }: ClusterSettings): number {
  const { minCapacity, maxCapacity } = scaling;
  const byMaximum = MAX_CONNECTIONS.find(([units]) => maxCapacity <= units)?.[1] ?? 5000;
  return minCapacity <= 0.5 ? Math.min(2000, byMaximum) : byMaximum;
}

const MAX_CONNECTIONS: readonly (readonly [maxCapacity: number, connections: number])[] = [
  [1, 189],
  [4, 823],
  [8, 1669],
  [16, 3360],
];

const randomId = (): string => randomBytes(20).toString('hex').toUpperCase().slice(0, 26);
