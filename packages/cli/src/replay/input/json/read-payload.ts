import { decodeSubscriptionPayload } from '@lamplighter/lambda-logs';
import type { EventSink } from '../event-sink.ts';

/** Reads one subscription payload: base64 of gzip or of JSON, or the JSON itself. What its decoder refuses is rejected with the decoder's reason. */
export function readPayload(data: string, sink: EventSink): void {
  const decoded = decodeSubscriptionPayload(data);
  switch (decoded.kind) {
    case 'rejected':
      sink.reject(decoded.reason, decoded.detail);
      return;
    case 'control':
      sink.reject('control-message', decoded.messages[0] ?? 'no message');
      return;
    case 'data': {
      const { owner, logGroup, logStream, events } = decoded.batch;
      for (const event of events) sink.event({ owner, logGroup, logStream }, event);
      for (const { index, reason } of decoded.rejectedEvents) sink.reject(reason, `event ${index} of a payload`);
    }
  }
}
