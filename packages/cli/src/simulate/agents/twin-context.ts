import type { Finding } from '@lamplighter/contracts';
import { type ClusterSettings, type FunctionSettings, type RemedyContext, trafficOf } from '@lamplighter/remedies';
import type { TwinState } from '@lamplighter/simulator';
import type { FindingWatch } from './finding-watch.ts';

const HOUR_MS = 3_600_000;
/** Assumed: a database this busy has a statement whose EXPLAIN shows a scan of a whole table. The twin has no statements that could be explained. */
const BUSY_PCT = 70;

/** What the account shows about a finding's function and the database behind it, as playbooks read it. */
export function twinContext(finding: Finding, watch: FindingWatch, state: TwinState): RemedyContext {
  const { openedAt, resource } = finding;
  const isSince = ({ start }: { readonly start: number }): boolean => start >= openedAt;
  const isBefore = ({ start }: { readonly start: number }): boolean => start >= openedAt - HOUR_MS && start < openedAt;
  const [windows, metered] = [watch.windowsOf(resource.name), watch.meteredOf(resource.name)];
  const [since, before] = [windows.filter(isSince), windows.filter(isBefore)];
  const shown = state.functions.find(({ name }) => name === finding.resource.name);
  const busiest = state.databases.find(({ loadPct }) => loadPct >= BUSY_PCT) ?? state.databases[0];
  return {
    finding,
    now: state.now,
    traffic: trafficOf(since.length > 0 ? since : windows.slice(-3), metered.filter(isSince)),
    ...(before.length > 0 && { normal: trafficOf(before, metered.filter(isBefore)) }),
    ...(shown && { function: functionSettings(shown, state) }),
    ...(busiest && { cluster: clusterSettings(busiest) }),
  };
}

function clusterSettings({ name, minAcu, maxAcu, loadPct }: TwinState['databases'][number]): ClusterSettings {
  const sequentialScan = { table: 'slow', columns: ['key'], statement: 'the slowest one' };
  return {
    clusterId: name,
    clusterArn: name,
    secretArn: 'twin',
    database: 'twin',
    minAcu,
    maxAcu,
    ...(loadPct >= BUSY_PCT && { sequentialScan }),
  };
}

function functionSettings(shown: TwinState['functions'][number], state: TwinState): FunctionSettings {
  const inForce = { memorySizeMb: shown.memoryMb, timeoutS: Math.ceil(shown.timeoutMs / 1000), fingerprint: 'twin' };
  return {
    functionName: shown.name,
    ...inForce,
    architecture: 'arm64',
    // The twin has no traces.
    tracing: 'PassThrough',
    ...(shown.reservedConcurrency !== undefined && { reservedConcurrency: shown.reservedConcurrency }),
    unreservedConcurrency: state.accountConcurrency,
    aliases: [{ name: 'live', ...shown.alias, served: inForce }],
    scaledAliases: [],
    versions: shown.versions,
    tags: {},
    mappings: state.mappings.map(({ source, isPaused, parallelization, visibilityTimeoutMs }) => ({
      uuid: source,
      sourceArn: parallelization === undefined ? `arn:aws:sqs:::${source}` : `arn:aws:kinesis:::stream/${source}`,
      enabled: !isPaused,
      batchSize: 100,
      ...(visibilityTimeoutMs !== undefined && { visibilityTimeoutS: Math.floor(visibilityTimeoutMs / 1000) }),
      // What a stream's reader gives up is dead-lettered in the twin.
      ...(parallelization !== undefined && { parallelizationFactor: parallelization, failureDestination: 'twin' }),
    })),
  };
}
