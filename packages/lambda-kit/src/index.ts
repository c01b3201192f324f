export { type Clock, systemClock } from './clock.ts';
export { commandPlace } from './command-place.ts';
export { defineHandler, type HandlerOptions } from './define-handler.ts';
export { idempotencyKey } from './idempotency-key.ts';
export { kinesisBatchResponse, type RecordOutcome } from './kinesis-batch.ts';
export { LamplighterError } from './lamplighter-error.ts';
export type { StructuredLogger } from './logger.ts';
export { readEnv } from './read-env.ts';
