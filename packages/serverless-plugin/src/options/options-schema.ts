import * as z from 'zod';
import { LamplighterOptions } from './lamplighter-options.ts';

/**
 * `custom.lamplighter` as the JSON schema that the framework's own validation takes. Numbers of a list are numbers in it: the frameworks say
 * of one beside another type no more than "unsupported number format", and our own check names those that there are.
 */
export function optionsSchema(): Record<string, unknown> {
  const { $schema: _draft, ...schema } = z.toJSONSchema(LamplighterOptions, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.type === 'number') delete jsonSchema.enum;
    },
  });
  return { type: 'object', properties: { lamplighter: schema } };
}
