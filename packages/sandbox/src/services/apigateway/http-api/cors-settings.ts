import { badRequest } from './api-errors.ts';
import type { CorsConfiguration } from './http-api.ts';
import { defined, flag, numberWithin, refuseOthers, textsOf } from './property-values.ts';

const KNOWN = ['AllowCredentials', 'AllowHeaders', 'AllowMethods', 'AllowOrigins', 'ExposeHeaders', 'MaxAge'];

/** Reads `CorsConfiguration`. Throws BadRequestException for credentials beside an origin of `*`, as AWS does. */
export function corsSettings(given: Readonly<Record<string, unknown>> | undefined): CorsConfiguration | undefined {
  if (given === undefined) return undefined;
  refuseOthers('CorsConfiguration', given, KNOWN);
  const allowOrigins = textsOf(given.AllowOrigins);
  const allowCredentials = flag(given.AllowCredentials);
  if (allowCredentials && allowOrigins.includes('*')) {
    throw badRequest('allowCredentials is not supported when allowOrigins is *.');
  }
  return defined({
    allowCredentials,
    allowOrigins,
    allowHeaders: textsOf(given.AllowHeaders),
    allowMethods: textsOf(given.AllowMethods),
    exposeHeaders: textsOf(given.ExposeHeaders),
    maxAgeSeconds: given.MaxAge === undefined ? undefined : numberWithin('maxAge', given.MaxAge, [-1, 86_400]),
  }) as CorsConfiguration;
}
