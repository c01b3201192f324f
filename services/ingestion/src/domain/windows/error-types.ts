import type { ErrorTypeCount } from '@lamplighter/contracts';
import { fingerprintOf } from '@lamplighter/lambda-logs';
import type { AttemptOfRequest } from './attempt-of-request.ts';
import { isFailure } from './figures.ts';

const MOST_FREQUENT = 10;
/** A type is a name; what is longer is somebody's text. */
const MAX_TYPE_CHARS = 200;

/** The most frequent kinds of errors that ended attempts, most frequent first; the example is the first in order of request ID. */
export function errorTypesOf(attempts: readonly AttemptOfRequest[]): ErrorTypeCount[] {
  return countKinds(attempts, ({ attempt }) => (isFailure(attempt) ? attempt : undefined));
}

/** The same of errors that were logged by attempts which ended well. */
export function handledErrorsOf(attempts: readonly AttemptOfRequest[]): ErrorTypeCount[] {
  return countKinds(attempts, ({ attempt: { handledError } }) =>
    handledError === undefined ? undefined : { errorType: handledError.type, errorMessage: handledError.message },
  );
}

interface NamedError {
  readonly errorType?: string | undefined;
  readonly errorMessage?: string | undefined;
}

function countKinds(
  attempts: readonly AttemptOfRequest[],
  errorOf: (attempt: AttemptOfRequest) => NamedError | undefined,
): ErrorTypeCount[] {
  const counts = new Map<string, ErrorTypeCount>();
  for (const attempt of attempts) {
    const error = errorOf(attempt);
    if (error === undefined) continue;
    const { requestId } = attempt;
    const { errorType, errorMessage } = error;
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
