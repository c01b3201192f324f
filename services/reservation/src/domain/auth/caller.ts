import * as z from 'zod';

/** What a caller may be allowed to do. Each operation of the API asks for exactly one. */
export const scopeSchema = z.enum(['itinerary:read', 'itinerary:search', 'itinerary:write']);
export type Scope = z.infer<typeof scopeSchema>;

/** Who asks, as the API's edge found out: a subject of the identity provider, or a partner known by its IAM role. */
export interface Caller {
  /** `mobile:<subject>` or `partner:<name>`: what cursors and idempotency keys are bound to. */
  readonly id: string;
  readonly scopes: readonly Scope[];
  /** Codes of the properties whose itineraries the caller may see and change; there is no code for all. */
  readonly properties: readonly string[];
}

/** The code of a property as tokens, paths and partners name it. */
export const propertyCodeSchema = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);

/** More do not fit into a token that passes through API Gateway (10,240 bytes for all headers). */
export const MOST_PROPERTIES = 200;

export const maySee = ({ properties }: Caller, property: string | undefined): boolean =>
  property !== undefined && properties.includes(property);

export const isAllowed = ({ scopes }: Caller, scope: Scope): boolean => scopes.includes(scope);
