import { bookingBody } from '../deployed-api.ts';
import { type Attack, arrivals, BOB, creation, itinerary, newKey, type Prey, withGoodToken } from './attack.ts';

const modification = (prey: Prey, headers: Record<string, string>) => ({
  method: 'PATCH',
  path: itinerary(prey),
  body: { specialRequests: ['mine now'] },
  headers: { ...newKey(), ...headers },
});

/** Callers with good tokens, where they have no business. */
export const CALLER_ATTACKS: readonly Attack[] = [
  withGoodToken("another property's itinerary", [404], { wish: BOB, request: (prey) => ({ path: itinerary(prey) }) }),
  withGoodToken("another property's arrivals", [403], { wish: BOB, request: () => arrivals('') }),
  withGoodToken("changing another property's itinerary, entity tag and all", [404], {
    wish: BOB,
    request: (prey) => modification(prey, { 'if-match': prey.entityTag }),
  }),
  withGoodToken("cancelling another property's itinerary", [404], {
    wish: BOB,
    request: (prey) => ({
      method: 'POST',
      path: `${itinerary(prey)}/cancellation`,
      headers: { ...newKey(), 'if-match': prey.entityTag },
    }),
  }),
  withGoodToken('booking at another property', [403], { wish: BOB, request: () => creation(bookingBody()) }),
  withGoodToken('writing with a scope to read', [403], {
    wish: { claims: { scope: 'itinerary:read' } },
    request: () => creation(bookingBody()),
  }),
  withGoodToken('searching with a scope to read', [403], {
    wish: { claims: { scope: 'itinerary:read' } },
    request: () => arrivals(''),
  }),
  withGoodToken('a scope with a star', [403], {
    wish: { claims: { scope: 'itinerary:* *' } },
    request: (prey) => ({ path: itinerary(prey) }),
  }),
  withGoodToken('scopes as a list of one string', [401, 403], {
    wish: { claims: { scope: ['itinerary:read'] } },
    request: (prey) => ({ path: itinerary(prey) }),
  }),
  withGoodToken('a cursor of another caller', [400], {
    wish: { claims: { sub: 'carol' } },
    request: ({ cursor }) => arrivals(`&limit=1&cursor=${cursor}`),
  }),
  withGoodToken('a cursor of another list', [400], {
    request: ({ cursor }) => ({ path: `/mobile/v1/properties/P1001/itineraries?arrival=2027-08-04&cursor=${cursor}` }),
  }),
  withGoodToken('a tampered cursor', [400], {
    request: ({ cursor }) => arrivals(`&cursor=${cursor.slice(0, -4)}AAAA`),
  }),
  withGoodToken('a position in plain for a cursor', [400], {
    request: () => arrivals(`&cursor=${Buffer.from('2027-08-03#L00000000000').toString('base64url')}`),
  }),
  withGoodToken('changing whatever version there is (If-Match: *)', [412], {
    request: (prey) => modification(prey, { 'if-match': '*' }),
  }),
  withGoodToken('a weak entity tag', [412], {
    request: (prey) => modification(prey, { 'if-match': `W/${prey.entityTag}` }),
  }),
  withGoodToken('no entity tag', [428], { request: (prey) => modification(prey, {}) }),
  withGoodToken('thousands of entity tags', [412, 431], {
    request: (prey) => modification(prey, { 'if-match': `${'"a",'.repeat(1_000)}${prey.entityTag}` }),
  }),
  withGoodToken('no Idempotency-Key', [400], {
    request: (prey) => ({
      ...modification(prey, { 'if-match': prey.entityTag }),
      headers: { 'if-match': prey.entityTag },
    }),
  }),
  withGoodToken('two Idempotency-Keys', [400], {
    request: (prey) => modification(prey, { 'if-match': prey.entityTag, 'idempotency-key': 'one-key-1, one-key-2' }),
  }),
];
