import { bookingBody } from '../deployed-api.ts';
import { type Attack, arrivals, creation, itinerary, withGoodToken } from './attack.ts';

const DEEP = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

/** Bodies and parameters that no operation takes. */
export const BODY_ATTACKS: readonly Attack[] = [
  withGoodToken('a body of 100 KB', [413], {
    request: () => creation(bookingBody({ specialRequests: ['x'.repeat(100_000)] })),
  }),
  withGoodToken('a body of 11 MB', [413], { request: () => creation('x'.repeat(11_000_000)) }),
  withGoodToken('a deeply nested body', [400], { request: () => creation(DEEP) }),
  withGoodToken('a body that is no JSON', [400], { request: () => creation('{"property":') }),
  withGoodToken('a body of another type', [415], {
    request: () => creation(bookingBody(), { 'content-type': 'application/xml' }),
  }),
  withGoodToken('a prototype in the body', [400], {
    request: () => creation(JSON.stringify(bookingBody()).replace('{', '{"__proto__":{"isAdmin":true},')),
  }),
  withGoodToken('members that are not for callers', [400], {
    request: () => creation(bookingBody({ confirmation: 'MINE0000001', state: 'booked' })),
  }),
  withGoodToken('control characters in a name', [400], {
    request: () => creation(bookingBody({ guests: [{ surname: 'x\u001b[31m\nERROR forged' }] })),
  }),
  withGoodToken('a card number with a wrong check digit', [400], {
    request: () =>
      creation(
        bookingBody({
          payment: { card: { number: '4242424242424241', expires: '1228' }, amount: '1.00', currency: 'USD' },
        }),
      ),
  }),
  withGoodToken('a negative amount', [400], {
    request: () =>
      creation(
        bookingBody({
          payment: { card: { number: '4242424242424242', expires: '1228' }, amount: '-1.00', currency: 'USD' },
        }),
      ),
  }),
  withGoodToken('parameters that no operation has', [400], {
    request: (prey) => ({ path: `${itinerary(prey)}?properties=P1001` }),
  }),
  withGoodToken('a limit of a million', [400], { request: () => arrivals('&limit=1000000') }),
];
