import { type Attack, BOB, type Prey, partnerItinerary, withGoodToken } from './attack.ts';

/** A path that is to lead somewhere else. */
const withPath = (name: string, path: (prey: Prey) => string): Attack =>
  withGoodToken(name, [400, 403, 404, 431], { wish: BOB, request: (prey) => ({ path: path(prey) }) });

/** Paths that pretend to be others. */
export const PATH_ATTACKS: readonly Attack[] = [
  withPath('dots in the path', ({ confirmation }) => `/mobile/v1/properties/P2002/../../itineraries/${confirmation}`),
  withPath('encoded dots', ({ confirmation }) => `/mobile/v1/itineraries/%2e%2e/itineraries/${confirmation}`),
  withPath('an encoded slash', ({ confirmation }) => `/mobile/v1/itineraries/x%2f..%2f${confirmation}`),
  withPath(
    'a slash that is encoded twice',
    ({ confirmation }) => `/mobile/v1/itineraries/x%252f..%252f${confirmation}`,
  ),
  withPath('a null byte', ({ confirmation }) => `/mobile/v1/itineraries/${confirmation}%00`),
  withPath('a semicolon', ({ confirmation }) => `/mobile/v1/itineraries/${confirmation};admin=true`),
  withPath('two slashes', ({ confirmation }) => `//mobile/v1/itineraries/${confirmation}`),
  withPath('capitals in the path', ({ confirmation }) => `/MOBILE/V1/itineraries/${confirmation}`),
  withPath("the stage's name in the path", ({ confirmation }) => `/$default/mobile/v1/itineraries/${confirmation}`),
  withPath('an overlong encoding', ({ confirmation }) => `/mobile/v1/itineraries/%c0%ae%c0%ae%c0%af${confirmation}`),
  withPath('an over-long path', () => `/mobile/v1/itineraries/${'a'.repeat(9_900)}`),
  withPath(
    'a key of the table for a confirmation',
    ({ confirmation }) => `/mobile/v1/itineraries/RES%23${confirmation}`,
  ),
  withPath("the partners' path with a token", (prey) => partnerItinerary(prey)),
  withPath(
    'a header that names another path',
    ({ confirmation }) => `/mobile/v1/itineraries/nothing?path=/mobile/v1/itineraries/${confirmation}`,
  ),
];
