import * as z from 'zod';
import { LamplighterOptions } from './lamplighter-options.ts';

/**
 * `custom.lamplighter` as the JSON schema that the framework's own validation takes, which also makes `true` of the text that a variable
 * gives. What it would refuse without a way out is left to our own check: keys that are not known, and numbers that are not in a list.
 */
export function optionsSchema(): Record<string, unknown> {
  const { $schema: _draft, ...schema } = z.toJSONSchema(LamplighterOptions, {
    io: 'input',
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
      if (jsonSchema.type === 'number') delete jsonSchema.enum;
    },
  });
  return { type: 'object', properties: { lamplighter: schema } };
}
