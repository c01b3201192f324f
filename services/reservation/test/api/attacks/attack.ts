import type { TokenWish } from '../api-issuer.ts';
import type { RawRequest } from '../api-requests.ts';
import type { DeployedApi } from '../deployed-api.ts';

/** What attackers find when they come. */
export interface Prey {
  readonly api: DeployedApi;
  /** An itinerary of property P1001, and its entity tag. */
  readonly confirmation: string;
  readonly entityTag: string;
  /** A cursor of Alice's arrivals at P1001. */
  readonly cursor: string;
  /** A server of the attacker's that counts who comes. */
  readonly lureUrl: string;
}

export interface Attack {
  readonly name: string;
  readonly request: (prey: Prey) => Promise<RawRequest> | RawRequest;
  /** Any of these is a refusal. */
  readonly refusedWith: readonly number[];
}

/** Refusals of who is not known. */
export const UNKNOWN = [401, 403] as const;
export const itinerary = ({ confirmation }: Prey): string => `/mobile/v1/itineraries/${confirmation}`;
export const partnerItinerary = ({ confirmation }: Prey): string => `/partner/v1/itineraries/${confirmation}`;

/** Whoever works for another property than the prey's. */
export const BOB = { claims: { sub: 'bob', properties: ['P2002'] } };
let keys = 0;
export const newKey = () => {
  keys += 1;
  return { 'idempotency-key': `attack-key-${keys}` };
};

/** Somebody with a good token, where they have no business. */
export const withGoodToken = (
  name: string,
  refusedWith: readonly number[],
  {
    wish = {},
    request,
  }: {
    readonly wish?: TokenWish;
    readonly request: (prey: Prey) => Omit<RawRequest, 'body'> & { readonly body?: unknown };
  },
): Attack => ({
  name,
  refusedWith,
  request: async (prey) => {
    const { headers = {}, body, ...rest } = request(prey);
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return {
      ...rest,
      headers: {
        ...(await prey.api.bearer(wish)),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text !== undefined && { body: text as string }),
    };
  },
});

export const creation = (body: unknown, headers: Record<string, string> = {}) => ({
  method: 'POST',
  path: '/mobile/v1/itineraries',
  body,
  headers: { ...newKey(), ...headers },
});

export const arrivals = (query: string, property = 'P1001') => ({
  path: `/mobile/v1/properties/${property}/itineraries?arrival=2027-08-03${query}`,
});
