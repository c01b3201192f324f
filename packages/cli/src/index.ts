export { type RenderOptions, renderStory } from './audit/render-story.ts';
export { storedAuditSource } from './audit/stored-stories.ts';
export { InputError } from './input-error.ts';
export { runProgram } from './program.ts';
export { type ReplayOptions, type ReplayOutcome, replayFolder, runReplay } from './replay/run-replay.ts';
