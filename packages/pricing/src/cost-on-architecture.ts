import { type Architecture, USD_PER_GB_SECOND, USD_PER_REQUEST } from './lambda-rates.ts';

/**
 * What calls cost on an architecture, of which it is known what they cost at the prices of x86_64, as `costOfInvocation` takes it where a log does not tell:
 * requests cost the same on both, GB-seconds a fifth less on arm64.
 */
export function costOnArchitecture(
  { usd, invocations }: { readonly usd: number; readonly invocations: number },
  architecture: Architecture,
): number {
  const requests = Math.min(usd, invocations * USD_PER_REQUEST);
  return requests + ((usd - requests) * USD_PER_GB_SECOND[architecture]) / USD_PER_GB_SECOND.x86_64;
}
