import type { RawRequest } from '../api-requests.ts';
import { bookingBody } from '../deployed-api.ts';
import { type Attack, newKey, type Prey, partnerItinerary, UNKNOWN } from './attack.ts';

/** A signed request, and what is done to it. */
const withSignature = (
  name: string,
  refusedWith: readonly number[],
  request: (prey: Prey) => Promise<RawRequest>,
): Attack => ({ name, refusedWith, request });

const MINUTES_MS = 60_000;

/** Requests of partners that are not signed, not by them, or not for this. */
export const SIGNATURE_ATTACKS: readonly Attack[] = [
  withSignature('an unsigned request', UNKNOWN, async (prey) => ({ path: partnerItinerary(prey) })),
  withSignature('a token in place of a signature', UNKNOWN, async (prey) => ({
    path: partnerItinerary(prey),
    headers: await prey.api.bearer(),
  })),
  withSignature('a signature of yesterday', UNKNOWN, (prey) =>
    prey.api.sign({ path: partnerItinerary(prey) }, { date: new Date(prey.api.clock.now() - 1_440 * MINUTES_MS) }),
  ),
  withSignature('a signature of tomorrow', UNKNOWN, (prey) =>
    prey.api.sign({ path: partnerItinerary(prey) }, { date: new Date(prey.api.clock.now() + 1_440 * MINUTES_MS) }),
  ),
  withSignature('a signature for another region', UNKNOWN, (prey) =>
    prey.api.sign({ path: partnerItinerary(prey) }, { region: 'eu-west-1' }),
  ),
  withSignature('a signature for another service', UNKNOWN, (prey) =>
    prey.api.sign({ path: partnerItinerary(prey) }, { service: 's3' }),
  ),
  withSignature('a wrong secret', UNKNOWN, (prey) =>
    prey.api.sign(
      { path: partnerItinerary(prey) },
      { credentials: { ...prey.api.credentialsOf('partner'), secretAccessKey: 'guess' } },
    ),
  ),
  withSignature('credentials without their session', UNKNOWN, (prey) => {
    const { accessKeyId, secretAccessKey } = prey.api.credentialsOf('partner');
    return prey.api.sign({ path: partnerItinerary(prey) }, { credentials: { accessKeyId, secretAccessKey } });
  }),
  withSignature('a body that was changed after it was signed', UNKNOWN, async ({ api }) => {
    const request = {
      method: 'POST',
      path: '/partner/v1/itineraries',
      headers: { 'content-type': 'application/json', ...newKey() },
    };
    const signed = await api.sign({ ...request, body: JSON.stringify(bookingBody()) });
    return { ...signed, body: JSON.stringify(bookingBody({ departure: '2027-08-06' })) };
  }),
  withSignature('a body that is not signed', UNKNOWN, async ({ api }) => {
    const headers = { 'content-type': 'application/json', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', ...newKey() };
    return api.sign({ method: 'POST', path: '/partner/v1/itineraries', headers, body: JSON.stringify(bookingBody()) });
  }),
  withSignature('a signature of another path', UNKNOWN, async (prey) => {
    const signed = await prey.api.sign({ path: '/partner/v1/itineraries/NOTHING' });
    return { ...signed, path: partnerItinerary(prey) };
  }),
  withSignature('a signature of another method', UNKNOWN, async (prey) => {
    const signed = await prey.api.sign({ path: partnerItinerary(prey) });
    return { ...signed, method: 'PATCH' };
  }),
  withSignature('a role that may not call the API', UNKNOWN, (prey) =>
    prey.api.sign({ path: partnerItinerary(prey) }, { credentials: prey.api.credentialsOf('powerless') }),
  ),
  withSignature('a role of the account that is no partner', [403], (prey) =>
    prey.api.sign({ path: partnerItinerary(prey) }, { credentials: prey.api.credentialsOf('stranger') }),
  ),
  withSignature("the account's administrator, who is no partner", [403], (prey) =>
    prey.api.sign({ path: partnerItinerary(prey) }, { credentials: prey.api.sandbox.credentials }),
  ),
  withSignature("a partner at another's property", [403], (prey) =>
    prey.api.sign({ path: '/partner/v1/properties/P2002/itineraries?arrival=2027-08-03' }),
  ),
  withSignature('a cursor of a mobile caller', [400], (prey) =>
    prey.api.sign({ path: `/partner/v1/properties/P1001/itineraries?arrival=2027-08-03&cursor=${prey.cursor}` }),
  ),
];
