import * as z from 'zod';
import { LamplighterOptions } from './lamplighter-options.ts';

/** `custom.lamplighter` as the JSON schema that the framework's own validation takes. */
export function optionsSchema(): Record<string, unknown> {
  const { $schema: _draft, ...schema } = z.toJSONSchema(LamplighterOptions, { io: 'input' });
  return { type: 'object', properties: { lamplighter: schema } };
}
