import { restJsonService } from '../../core/protocols/rest-json-protocol.ts';
import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { Emulated, ResourceProvider, ServiceContext } from '../../core/service.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { xrayOperations } from './operations.ts';
import { TraceDestination } from './trace-destination.ts';
import type { XrayPeer } from './xray-peer.ts';

/** X-Ray: traces that Lambda, the daemon's clients and callers put together. */
export function createXray(context: ServiceContext): Emulated<XrayPeer> {
  const target = new TraceDestination(context);
  let daemon: Daemon | undefined;
  return {
    peer: {
      put: (document) => target.receive(document),
      daemonAddress() {
        if (!daemon) throw new Error('The X-Ray daemon does not listen yet.');
        return daemon.address;
      },
    },
    service: restJsonService({
      signingName: 'xray',
      operations: xrayOperations(target, context),
      resources: { 'AWS::XRay::TransactionSearchConfig': transactionSearch(target, context) },
      start: async () => {
        daemon = await startDaemon((document) => target.receive(document));
      },
      stop: async () => daemon?.stop(),
    }),
  };
}

/** `AWS::XRay::TransactionSearchConfig`: from here on segments become spans in CloudWatch Logs. */
function transactionSearch(target: TraceDestination, { accountId }: ServiceContext): ResourceProvider {
  const put = (properties: Readonly<Record<string, unknown>>) => {
    refuseUnknownProperties('AWS::XRay::TransactionSearchConfig', properties, ['IndexingPercentage']);
    target.destination = 'CloudWatchLogs';
    target.indexedPct = Number(properties.IndexingPercentage ?? 1);
    return { ref: accountId, attributes: { AccountId: accountId } };
  };
  return {
    create: async ({ properties }) => put(properties),
    update: async (_, { properties }) => put(properties),
    delete: async () => {
      target.destination = 'XRay';
    },
  };
}
