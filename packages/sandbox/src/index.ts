export type { Clock } from './core/clock.ts';
export type { Fault, FaultEffect, InjectedFault } from './core/faults/fault.ts';
export { OffsetClock } from './core/offset-clock.ts';
export type { Peers } from './core/peers.ts';
export { ApiError } from './core/service.ts';
export { systemClock } from './core/system-clock.ts';
export { VirtualClock } from './core/virtual-clock.ts';
export { Sandbox, type SandboxOptions } from './sandbox.ts';
