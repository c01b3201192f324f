import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { isProblem, parseSegment, type TraceSegment } from './segment.ts';

/** The X-Ray daemon: takes documents by UDP, each after a line that names the format. Source: X-Ray Developer Guide, "Sending segment documents to the daemon". */
export interface Daemon {
  /** `127.0.0.1:PORT`, as `AWS_XRAY_DAEMON_ADDRESS` has it. */
  readonly address: string;
  stop(): Promise<void>;
}

const HEADER = '{"format":"json","version":1}';

export async function startDaemon(receive: (document: TraceSegment) => void): Promise<Daemon> {
  const socket: Socket = createSocket('udp4');
  socket.on('message', (datagram) => {
    const text = datagram.toString('utf8');
    const end = text.indexOf('\n');
    if (end < 0 || text.slice(0, end).replaceAll(/\s/g, '') !== HEADER) return;
    // As the daemon does, what is no document is dropped: UDP has nobody to answer.
    const parsed = parseSegment(text.slice(end + 1));
    if (!isProblem(parsed)) receive(parsed);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', resolve);
  });
  socket.unref();
  return {
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
