export { InputError } from './input-error.ts';
export { type ReplayInputOptions, readReplayInput } from './replay/read-replay-input.ts';
export type { Rejection, ReplayEvent, ReplayInput, ReplaySource } from './replay/replay-source.ts';
