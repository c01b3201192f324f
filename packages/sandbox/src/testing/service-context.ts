import { BackgroundWork } from '../core/background-work.ts';
import { PeerRegistry } from '../core/peer-registry.ts';
import type { ServiceContext } from '../core/service.ts';
import { VirtualClock } from '../core/time/virtual-clock.ts';

/** The context of a service that is tested by itself: a clock that stands still, no peers, internal faults thrown. */
export function serviceContext(overrides: Partial<ServiceContext> = {}): ServiceContext {
  return {
    accountId: '123456789012',
    region: 'us-east-1',
    clock: new VirtualClock(Date.UTC(2026, 0, 1)),
    endpoint: () => 'http://127.0.0.1:0',
    peers: new PeerRegistry().peers,
    track: new BackgroundWork().track,
    report: (error) => {
      throw error;
    },
    ...overrides,
  };
}
