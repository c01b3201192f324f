import type * as z from 'zod';
import type { Problem, ProblemError } from './answer-schemas.ts';

/** What the type of every problem begins with. */
export const PROBLEM_TYPE_PREFIX = 'urn:lamplighter:reservation:problem:';

/** Every problem that the API tells, by the last part of its type. Types are stable: callers decide by them, never by titles. */
export const PROBLEMS = {
  'malformed-request': { status: 400, title: 'The request is not of the form that the operation takes.' },
  'cursor-invalid': {
    status: 400,
    title: 'The cursor was not made for this caller and this list, or is older than an hour.',
  },
  'idempotency-key-required': {
    status: 400,
    title: 'The operation needs an Idempotency-Key header of 8 to 128 letters, digits, - or _.',
  },
  'credentials-expired': { status: 401, title: 'The credentials have expired.' },
  'payment-declined': { status: 402, title: 'The payment was declined. Nothing was booked.' },
  'scope-missing': { status: 403, title: 'The caller lacks the scope that the operation needs.' },
  'caller-unknown': { status: 403, title: 'The caller is no partner of this API.' },
  'property-not-granted': { status: 403, title: 'The caller has no access to this property.' },
  'not-found': { status: 404, title: 'There is no such itinerary, or not for this caller.' },
  'request-in-progress': { status: 409, title: 'A request with this Idempotency-Key is under way. Ask again shortly.' },
  'already-cancelled': { status: 409, title: 'The itinerary is cancelled.' },
  'precondition-failed': { status: 412, title: 'The itinerary has changed since it was read.' },
  'too-large': { status: 413, title: 'The request is too large.' },
  'unsupported-media-type': { status: 415, title: 'The body has to be application/json.' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for another request.' },
  'precondition-required': {
    status: 428,
    title: 'The operation needs an If-Match header with the entity tag that was read.',
  },
  'internal-error': { status: 500, title: 'The request failed. It may be repeated with the same Idempotency-Key.' },
  unavailable: { status: 503, title: 'A dependency is not available now. Ask again shortly.' },
  'payment-unavailable': {
    status: 503,
    title: 'The payment could not be authorised in time. Ask again with the same Idempotency-Key.',
  },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemName = keyof typeof PROBLEMS;

export const problemType = (name: ProblemName): string => PROBLEM_TYPE_PREFIX + name;

/** The document of a problem. */
export const problemOf = (name: ProblemName, more: Pick<Problem, 'instance' | 'errors'> = {}): Problem => ({
  type: problemType(name),
  ...PROBLEMS[name],
  ...more,
});

const WANTED: Readonly<Record<string, string>> = {
  invalid_type: 'is missing, or of another type',
  invalid_format: 'is not of the format',
  too_big: 'is larger than allowed',
  too_small: 'is smaller than allowed',
  invalid_value: 'is none of the allowed values',
  unrecognized_keys: 'has members that are not known',
};
const MOST_ERRORS = 20;

/** What a schema found wrong, in words of our own: a validator's message may quote what was sent. */
export const problemErrors = ({ issues }: z.ZodError): ProblemError[] =>
  issues.slice(0, MOST_ERRORS).map(({ path, code, message }) => ({
    pointer: path.map((step) => `/${String(step)}`).join(''),
    detail: WANTED[code] ?? (code === 'custom' ? message : 'is not as described'),
  }));
