import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { expiryOf } from './expiry-of.ts';
import { functionKeyOf, shardOf, startKeyOf } from './index-keys.ts';
import { type StoredAttempt, timeOf } from './stored-attempt.ts';

export interface InvocationItem {
  readonly pk: string;
  readonly sk: 'INVOCATION';
  readonly accountId: string;
  readonly region: string;
  readonly functionName?: string;
  readonly attempts: readonly StoredAttempt[];
  readonly functionKey: string;
  readonly startKey: string;
  readonly retriedFunctionKey?: string;
  readonly lastStartKey?: string;
  /** Hash of the attempts: a write succeeds only over the content it was made from. */
  readonly etag: string;
  /** Epoch seconds (DynamoDB time to live). */
  readonly expiresAt: number;
}

/** The one INVOCATION item of a request, from the attempts of every stream that shows it; undefined where none does. */
export function invocationItem(
  requestId: string,
  attempts: readonly StoredAttempt[],
  auditDays: number,
): InvocationItem | undefined {
  const ordered = outermost([...attempts].sort(byBegin));
  const first = ordered[0];
  const last = ordered.at(-1);
  if (!first || !last) return undefined;
  const { accountId, region, functionName } = first;
  const owner = { accountId, region, ...(functionName === undefined ? {} : { functionName }) };
  const functionKey = functionKeyOf({ ...owner, functionName: functionName ?? first.logGroup }, shardOf(requestId));
  const retried = ordered.length > 1;
  return {
    pk: requestId,
    sk: 'INVOCATION',
    ...owner,
    attempts: ordered,
    functionKey,
    startKey: startKeyOf(timeOf(first), requestId),
    ...(retried ? { retriedFunctionKey: functionKey, lastStartKey: startKeyOf(timeOf(last), requestId) } : {}),
    etag: createHash('sha256').update(canonicalJson(ordered)).digest('base64url').slice(0, 22),
    expiresAt: expiryOf(timeOf(first), auditDays),
  };
}

function byBegin(a: StoredAttempt, b: StoredAttempt): number {
  if (timeOf(a) !== timeOf(b)) return timeOf(a) - timeOf(b);
  if (a.streamId !== b.streamId) return a.streamId < b.streamId ? -1 : 1;
  return a.firstEventAt - b.firstEventAt;
}

/** Lambda tries an asynchronous request three times. Thousands of attempts are somebody's forgery. */
const MAX_ATTEMPTS = 100;
/** Of the 400 KB of an item (DynamoDB quotas) the rest is for its keys, and for what DynamoDB's own format needs. */
const MAX_ATTEMPTS_BYTES = 300_000;

/** As many of the first and of the last as an item holds. */
function outermost(ordered: readonly StoredAttempt[]): readonly StoredAttempt[] {
  let kept = ordered.length <= MAX_ATTEMPTS ? ordered : ends(ordered, MAX_ATTEMPTS);
  while (kept.length > 2 && Buffer.byteLength(JSON.stringify(kept)) > MAX_ATTEMPTS_BYTES)
    kept = ends(kept, 2 * Math.ceil(kept.length / 4));
  return kept;
}

function ends(ordered: readonly StoredAttempt[], count: number): readonly StoredAttempt[] {
  return [...ordered.slice(0, count / 2), ...ordered.slice(-count / 2)];
}
