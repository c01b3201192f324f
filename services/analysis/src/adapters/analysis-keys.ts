import { createHash } from 'node:crypto';
import { type FunctionIdentity, functionKey } from '../domain/news/function-news.ts';

/** Keys of the analysis table. */
export const FINDING = 'FINDING';
export const OPEN_FINDINGS = 'open';
export const ALL_FINDINGS = 'all';

export const assessmentKey = (identity: FunctionIdentity) => ({
  pk: `FUNCTION#${functionKey(identity)}`,
  sk: 'ASSESSMENT',
});
/** Ids hold a function's name, which may be long: a key holds 2,048 bytes at most, so they are hashed. */
export const findingKey = (findingId: string) => ({
  pk: `FINDING#${createHash('sha256').update(findingId).digest('hex')}`,
  sk: FINDING,
});
