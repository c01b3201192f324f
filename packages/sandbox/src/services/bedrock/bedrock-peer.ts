import type { ScriptedModel } from './scripted-model.ts';

export interface BedrockPeer {
  /** Has every model answered by this script; `undefined` takes it away. */
  answerWith(script: ScriptedModel | undefined): void;
}
