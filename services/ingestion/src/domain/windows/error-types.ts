import type { ErrorTypeCount } from '@lamplighter/contracts';
import { fingerprintOf } from '@lamplighter/lambda-logs';
import type { AttemptOfRequest } from './attempt-of-request.ts';
import { isFailure } from './figures.ts';

const MOST_FREQUENT = 10;
/** A type is a name; what is longer is somebody's text. */
const MAX_TYPE_CHARS = 200;

/** The most frequent kinds of errors that ended attempts, most frequent first; the example is the first in order of request ID. */
export function errorTypesOf(attempts: readonly AttemptOfRequest[]): ErrorTypeCount[] {
  const counts = new Map<string, ErrorTypeCount>();
  for (const { requestId, attempt } of attempts) {
    if (!isFailure(attempt)) continue;
    const { errorType, errorMessage } = attempt;
    const { fingerprint, template } = fingerprintOf(errorType, errorMessage);
    const known = counts.get(fingerprint);
    const type = errorType === undefined ? {} : { errorType: errorType.slice(0, MAX_TYPE_CHARS) };
    if (known) counts.set(fingerprint, { ...known, count: known.count + 1 });
    else counts.set(fingerprint, { ...type, fingerprint, template, count: 1, exampleRequestId: requestId });
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count || (a.fingerprint < b.fingerprint ? -1 : 1))
    .slice(0, MOST_FREQUENT);
}
