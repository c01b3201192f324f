import * as z from 'zod';

/**
 * What a field says of a guest: `direct` who it is, `contact` how to reach them, `loyalty` their membership, `payment` their
 * card (never more than its last four digits), `free-text` whatever somebody wrote.
 */
export type PersonalCategory = 'direct' | 'contact' | 'loyalty' | 'payment' | 'free-text';

/** How guests are found: each a keyed hash of one identifier, or of name parts together. */
export type LookupKind = 'email' | 'phone' | 'loyalty' | 'name';

export interface Classification {
  readonly category: PersonalCategory;
  /** Guests are found by it. */
  readonly lookup?: LookupKind;
}

/** Schemas of personal fields. What is sealed, masked, looked up and exported derives from it, so a field is classified once. */
export const PERSONAL = z.registry<Classification>();

/** A non-empty text that is personal. */
export const personalText = (category: PersonalCategory, lookup?: LookupKind) =>
  personal(z.string().min(1), category, lookup);

/** Classifies a text's schema of its own kind. */
export const personal = (schema: z.ZodString, category: PersonalCategory, lookup?: LookupKind) =>
  schema.register(PERSONAL, { category, ...(lookup === undefined ? {} : { lookup }) });
