import type * as z from 'zod';

/** What a contract is made of: one event that a service publishes on the bus `lamplighter`. */
export interface EventDefinition<Schema extends z.ZodType> {
  /** Publishing service: `lamplighter.ingestion`. */
  readonly source: `lamplighter.${string}`;
  /** Past tense, in the reader's words: `CompletenessMeasured`. */
  readonly detailType: string;
  /** Raised by a change that an old consumer cannot read; the old version goes on being published until nobody needs it. */
  readonly version: number;
  readonly schema: Schema;
  /** A detail as it is published; a test parses it. */
  readonly example: z.infer<Schema>;
}

/** An event as `PutEvents` takes it, less the bus. */
export interface EventEntry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Resources: string[];
}

/** One event with its version: what producers publish and consumers read. */
export interface EventContract<Schema extends z.ZodType> extends EventDefinition<Schema> {
  /** The EventBridge pattern of a rule that wants exactly this version. */
  readonly pattern: { source: string[]; 'detail-type': string[]; detail: { metadata: { version: number[] } } };
  /** The entry to publish. Strict: a detail that does not satisfy the schema throws. `idempotencyKey` lets consumers know a repetition. */
  entry(detail: z.infer<Schema>, idempotencyKey: string, resources?: readonly string[]): EventEntry;
  /** Reads an event's detail; keys it does not know are left out, so that producers may add some. */
  parse(detail: unknown): { data: z.infer<Schema>; idempotencyKey: string };
}

/** One event contract: type, schema, pattern, publisher's entry and consumer's parser from one value. */
export function defineEvent<Schema extends z.ZodType>(definition: EventDefinition<Schema>): EventContract<Schema> {
  return {
    ...definition,
    pattern: {
      source: [definition.source],
      'detail-type': [definition.detailType],
      detail: { metadata: { version: [definition.version] } },
    },
    entry: (detail, idempotencyKey, resources = []) => ({
      Source: definition.source,
      DetailType: definition.detailType,
      Detail: JSON.stringify({
        metadata: { version: definition.version, idempotencyKey },
        data: definition.schema.parse(detail),
      }),
      Resources: [...resources],
    }),
    parse(detail) {
      const { metadata, data } = detail as { metadata?: { idempotencyKey?: unknown }; data?: unknown };
      return { data: definition.schema.parse(data), idempotencyKey: String(metadata?.idempotencyKey ?? '') };
    },
  };
}
