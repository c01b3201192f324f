import { createSocket, type Socket } from 'node:dgram';
import type { Subsegment, TraceSink } from '../runtime/tracer.ts';

/** What precedes each document (X-Ray Developer Guide, "Sending segment documents to the daemon"). */
const HEADER = '{"format":"json","version":1}\n';
const DEFAULT_ADDRESS = '127.0.0.1:2000';

/** The X-Ray daemon that Lambda runs beside the function, by UDP. What cannot be sent is lost, and fails nobody. */
export function xrayDaemon(address: string = DEFAULT_ADDRESS): TraceSink {
  const [host = '127.0.0.1', port = '2000'] = address.split(':');
  let socket: Socket | undefined;
  let pending: Promise<void>[] = [];
  const open = (): Socket => {
    const opened = createSocket('udp4').unref();
    opened.on('error', () => undefined);
    return opened;
  };
  return {
    send(subsegment: Subsegment) {
      socket ??= open();
      const to = socket;
      const document = Buffer.from(HEADER + JSON.stringify(subsegment));
      pending.push(new Promise((resolve) => to.send(document, Number(port), host, () => resolve())));
    },
    async flush() {
      const sending = pending;
      pending = [];
      await Promise.all(sending);
    },
  };
}
