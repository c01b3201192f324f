import type { Json } from '../../../../core/protocols/json.ts';

/** Whether an entry (`@`) of a list is kept; `$` is the list itself. */
export type FilterTest = (entry: Json, list: Json) => boolean;

/** One step of a path. */
export type PathSegment =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | {
      readonly kind: 'slice';
      readonly from: number | undefined;
      readonly to: number | undefined;
      readonly step: number;
    }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'descendants' }
  | { readonly kind: 'filter'; readonly test: FilterTest };

/** A text that is no JSONPath. */
export class InvalidPathError extends Error {
  override readonly name = 'InvalidPathError';
}
