/** What a model is asked: the Converse request, and the model's id. */
export interface ModelRequest {
  readonly modelId: string;
  readonly system: readonly { readonly text?: string }[];
  readonly messages: readonly {
    readonly role: string;
    readonly content: readonly Readonly<Record<string, unknown>>[];
  }[];
  /** Every other member as it came: `inferenceConfig`, `toolConfig`. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a scripted model says: a text, or content blocks with how it ended and what it counted. */
export type ModelAnswer =
  | string
  | {
      readonly content: readonly Readonly<Record<string, unknown>>[];
      /** `end_turn` where absent. */
      readonly stopReason?: string;
      readonly inputTokens?: number;
      readonly outputTokens?: number;
    };

/** A model that a test makes up. It may throw an `ApiError`, take its time, or talk nonsense. */
export type ScriptedModel = (request: ModelRequest) => ModelAnswer | Promise<ModelAnswer>;
