import { type CompiledMapping, compileMapping } from './compile-mapping.ts';
import { mappingSchema } from './mapping-schema.ts';

/** A mapping that can be used, or what is wrong with it: a line each. */
export type ParsedMapping =
  | { readonly kind: 'mapping'; readonly mapping: CompiledMapping }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Checks a mapping document, given as parsed JSON, down to its paths and formats. */
export function parseMapping(document: unknown): ParsedMapping {
  const parsed = mappingSchema.safeParse(document);
  if (!parsed.success)
    return {
      kind: 'invalid',
      problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the mapping'}: ${message}`),
    };
  try {
    return { kind: 'mapping', mapping: compileMapping(parsed.data) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: 'invalid', problems: [`${parsed.data.source}: ${error.message}`] };
  }
}
