import type { TraceSegment } from './segment.ts';

export interface XrayPeer {
  /** Takes a segment that a service of AWS wrote. */
  put(segment: TraceSegment): void;
  /** `127.0.0.1:PORT`, where the daemon takes documents by UDP. */
  daemonAddress(): string;
}
