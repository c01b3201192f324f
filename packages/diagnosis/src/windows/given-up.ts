import { createHash } from 'node:crypto';
import type { Fact } from './fact.ts';

type AsyncFailure = Fact & { readonly kind: 'async-failure' };

/** Asynchronous requests that Lambda gave up in a minute: counted, each once however often it is told, in bounded space. */
export interface GivenUp {
  /** The smallest hashes of their requests, ascending. */
  readonly hashes: readonly number[];
  /** Those of them that were too old, ascending. */
  readonly tooOld: readonly number[];
  /** Those of which nobody tells why, ascending; absent where there is none. */
  readonly untold?: readonly number[];
  /** Requests to look at: three of them, always the same ones. */
  readonly requestIds: readonly string[];
}

/** More are counted within a tenth: the smallest of many hashes tell how densely they lie (k minimum values, Bar-Yossef et al. 2002). */
const MOST_EXACT = 128;
const MOST_IDS = 3;
const HASHES = 2 ** 32;

export const isAsyncFailure = (fact: Fact): fact is AsyncFailure => fact.kind === 'async-failure';

/** How many requests hashes stand for: exact below 128. */
export const countIn = (hashes: readonly number[]): number =>
  hashes.length < MOST_EXACT
    ? hashes.length
    : Math.floor(((MOST_EXACT - 1) * HASHES) / Math.max(1, hashes[MOST_EXACT - 1] ?? 1));

/** Whether a count is an estimate. */
export const isEstimate = ({ hashes }: GivenUp): boolean => hashes.length >= MOST_EXACT;

/** One request. */
export function givenUpOf({ id, requestId, condition }: AsyncFailure): GivenUp {
  const hash = createHash('sha256').update(id).digest().readUInt32BE();
  return {
    hashes: [hash],
    tooOld: condition === 'EventAgeExceeded' ? [hash] : [],
    ...(condition === 'other' && { untold: [hash] }),
    requestIds: /^[\w-]{1,64}$/.test(requestId) ? [requestId] : [],
  };
}

/** Two tellings of a minute as one: the same in any order and repetition. */
export function joinGivenUp(one: GivenUp | undefined, other: GivenUp | undefined): GivenUp | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const untold = smallest([...(one.untold ?? []), ...(other.untold ?? [])]);
  return {
    hashes: smallest([...one.hashes, ...other.hashes]),
    tooOld: smallest([...one.tooOld, ...other.tooOld]),
    ...(untold.length > 0 && { untold }),
    requestIds: [...new Set([...one.requestIds, ...other.requestIds])].sort().slice(0, MOST_IDS),
  };
}

const smallest = (hashes: readonly number[]): number[] =>
  [...new Set(hashes)].sort((a, b) => a - b).slice(0, MOST_EXACT);
