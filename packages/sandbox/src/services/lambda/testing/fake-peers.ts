import type { Peers } from '../../../core/peers.ts';
import { ApiError } from '../../../core/service.ts';
import type { MetricsPeer } from '../../cloudwatch/metrics-peer.ts';
import type { IamPeer } from '../../iam/iam-peer.ts';
import type { LogInput, LogsPeer } from '../../logs/logs-peer.ts';

/** In-memory peers that a Lambda test reads back; every role may do what `isAllowed` says. */
export interface FakePeers {
  readonly peers: Partial<Peers>;
  readonly logs: Map<string, LogInput[]>;
  readonly metrics: {
    readonly name: string;
    readonly value: number;
    readonly dimensions: Readonly<Record<string, string>>;
  }[];
  readonly issued: string[];
  readonly revoked: string[];
}

export interface FakePeersOptions {
  readonly isAllowed?: (action: string, resource: string) => boolean;
  readonly others?: Partial<Peers>;
}

export function fakePeers({ isAllowed = () => true, others = {} }: FakePeersOptions = {}): FakePeers {
  const logs = new Map<string, LogInput[]>();
  const metrics: FakePeers['metrics'] = [];
  const issued: string[] = [];
  const revoked: string[] = [];
  const iam: IamPeer = {
    assertRoleAllows(roleArn, action, resource) {
      if (!isAllowed(action, resource)) {
        throw new ApiError(
          'AccessDeniedException',
          `${roleArn} is not authorized to perform: ${action} on ${resource}`,
          403,
        );
      }
    },
    assertServiceMayAssume: () => undefined,
    issueCredentials() {
      const accessKeyId = `ASIA${issued.length}`;
      issued.push(accessKeyId);
      return { accessKeyId, secretAccessKey: 'secret', sessionToken: 'token' };
    },
    revoke: (accessKeyId) => void revoked.push(accessKeyId),
    authenticate: () => ({ accessKeyId: 'AKIATEST', arn: 'arn:aws:iam::123456789012:root' }),
    denial: () => undefined,
  };
  const logsPeer: Partial<LogsPeer> = {
    async write(logGroup, _logStream, events) {
      logs.set(logGroup, [...(logs.get(logGroup) ?? []), ...events]);
    },
    ensureLogGroup: (logGroup) => void logs.set(logGroup, logs.get(logGroup) ?? []),
    hasLogGroup: (logGroup) => logs.has(logGroup),
  };
  const metricsPeer: MetricsPeer = {
    put: (_namespace, name, dimensions, value) => void metrics.push({ name, dimensions, value }),
  };
  return {
    logs,
    metrics,
    issued,
    revoked,
    peers: { iam, logs: logsPeer as LogsPeer, metrics: metricsPeer, ...others },
  };
}
