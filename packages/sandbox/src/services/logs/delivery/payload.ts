import { gzipSync } from 'node:zlib';
import type { StoredEvent } from '../event-log.ts';

/** What one payload carries: events of one log stream that one filter matched. */
export interface PayloadContent {
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly filterName: string;
  readonly isAccountPolicy: boolean;
  readonly events: readonly StoredEvent[];
}

/** A payload of a subscription: gzip of the JSON that AWS documents and real samples show, members in their order. */
function dataMessage(content: PayloadContent): Buffer {
  return compress({
    messageType: 'DATA_MESSAGE',
    owner: content.owner,
    logGroup: content.logGroup,
    logStream: content.logStream,
    subscriptionFilters: [content.filterName],
    logEvents: content.events.map(({ id, timestamp, message }) => ({ id, timestamp, message })),
    ...(content.isAccountPolicy ? { policyLevel: 'ACCOUNT_LEVEL_POLICY' } : {}),
  });
}

/** What CloudWatch Logs writes to a stream to see whether it is there. */
export function controlMessage(timestamp: number, destination: string): Buffer {
  const message = `CWL CONTROL MESSAGE: Checking health of destination ${destination}.`;
  return compress({
    messageType: 'CONTROL_MESSAGE',
    owner: 'CloudwatchLogs',
    logGroup: '',
    logStream: '',
    subscriptionFilters: [],
    logEvents: [{ id: '', timestamp, message }],
  });
}

/**
 * The payloads of a batch, each no larger than the destination takes: halved until they fit. One event that alone is too large stays
 * as it is, and the destination refuses it.
 */
export function fitPayloads(
  content: PayloadContent,
  maxBytes: number,
): readonly { readonly events: readonly StoredEvent[]; readonly data: Buffer }[] {
  const data = dataMessage(content);
  const { events } = content;
  if (data.length <= maxBytes || events.length === 1) return [{ events, data }];
  const middle = Math.ceil(events.length / 2);
  return [events.slice(0, middle), events.slice(middle)].flatMap((half) =>
    fitPayloads({ ...content, events: half }, maxBytes),
  );
}

function compress(document: unknown): Buffer {
  return gzipSync(JSON.stringify(document));
}
